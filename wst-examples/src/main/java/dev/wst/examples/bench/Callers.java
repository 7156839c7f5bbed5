package dev.wst.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Several that make one request after the other, all at once.
 *
 * @param most how many
 * @param seconds for how long
 */
record Callers(int most, int seconds) {
    private static final double NANOS_OF_MILLI = 1e6;

    /** How long each request took. */
    record Times(double[] sortedMillis) {
        /** What this share of them does not pass. */
        double quantile(double share) {
            return sortedMillis[Math.max(0, (int) Math.ceil(share * sortedMillis.length) - 1)];
        }

        int count() {
            return sortedMillis.length;
        }
    }

    /**
     * Makes the requests.
     *
     * @throws ExecutionException if one fails
     */
    Times time(Callable<?> request) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(most);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            List<Future<List<Double>>> all = new ArrayList<>();
            for (int caller = 0; caller < most; caller++) {
                all.add(threads.submit(() -> {
                    List<Double> millis = new ArrayList<>();
                    while (System.nanoTime() < end) {
                        long start = System.nanoTime();
                        request.call();
                        millis.add((System.nanoTime() - start) / NANOS_OF_MILLI);
                    }
                    return millis;
                }));
            }
            List<Double> millis = new ArrayList<>();
            for (Future<List<Double>> one : all) {
                millis.addAll(one.get());
            }
            return new Times(
                    millis.stream().mapToDouble(Double::doubleValue).sorted().toArray());
        } finally {
            threads.shutdownNow();
        }
    }
}
