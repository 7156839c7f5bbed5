package dev.wst.examples.bench;

import dev.wst.engine.tensor.Kernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;

/** Kernels that know how long each of their operations took. Serves one thread, as kernels do. */
final class ClockedKernels {
    private final Map<String, Long> nanos = new TreeMap<>();
    private final Kernels kernels;

    ClockedKernels(Kernels clocked) {
        kernels = (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
                    long start = System.nanoTime();
                    try {
                        return method.invoke(clocked, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        nanos.merge(method.getName(), System.nanoTime() - start, Long::sum);
                    }
                });
    }

    Kernels kernels() {
        return kernels;
    }

    /** Forgets what was measured so far. */
    void restart() {
        nanos.clear();
    }

    /** Seconds by operation since the last restart. */
    private Map<String, Double> seconds() {
        Map<String, Double> seconds = new TreeMap<>();
        nanos.forEach((name, value) -> seconds.put(name, value / 1e9));
        return seconds;
    }

    /** Adds what share of a time went into matrix products of weights, of activations, into other kernels and into Java. */
    void report(Line line, double total) {
        Map<String, Double> by = seconds();
        double weights = by.getOrDefault("linear", 0.0) + by.getOrDefault("linearBack", 0.0);
        double activations = by.getOrDefault("matmul", 0.0) + by.getOrDefault("maskedMatmul", 0.0);
        double all = by.values().stream().mapToDouble(Double::doubleValue).sum();
        line.put("share_products_with_weights", weights / total)
                .put("share_other_products", activations / total)
                .put("share_other_kernels", (all - weights - activations) / total)
                .put("share_java", (total - all) / total)
                .put("seconds_by_kernel", by);
    }
}
