package dev.wst.engine.nn;

import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Kernels that know what was allocated and which indexes are open, and refuse a closed one. */
final class CountedKernels {
    private final Kernels kernels;
    private final List<CountedIndex> indexes = new ArrayList<>();
    private long allocated;
    private long fedForward;

    private static final class CountedIndex implements Index {
        private final Index index;
        private boolean closed;

        CountedIndex(Index index) {
            this.index = index;
        }

        @Override
        public int length() {
            return index.length();
        }

        @Override
        public void close() {
            closed = true;
            index.close();
        }
    }

    CountedKernels(Kernels counted) {
        kernels = (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("allocate")) {
                        allocated += (long) (Integer) arguments[0] * (Integer) arguments[1];
                    }
                    if (method.getName().equals("swiGlu")) {
                        fedForward += ((Matrix) arguments[0]).rows();
                    }
                    try {
                        Object result = method.invoke(counted, unwrapped(arguments));
                        return result instanceof Index index ? open(index) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Index open(Index index) {
        CountedIndex opened = new CountedIndex(index);
        indexes.add(opened);
        return opened;
    }

    private static Object[] unwrapped(Object[] arguments) {
        return arguments == null
                ? new Object[0]
                : Arrays.stream(arguments)
                        .map(argument -> argument instanceof CountedIndex counted ? usable(counted) : argument)
                        .toArray();
    }

    private static Index usable(CountedIndex counted) {
        if (counted.closed) {
            throw new IllegalStateException("an index was used after it was closed");
        }
        return counted.index;
    }

    Kernels kernels() {
        return kernels;
    }

    /** Indexes made so far. */
    int indexes() {
        return indexes.size();
    }

    long openIndexes() {
        return indexes.stream().filter(index -> !index.closed).count();
    }

    /** Rows that went through feed-forward layers so far. */
    long fedForward() {
        return fedForward;
    }

    /** Numbers allocated so far. */
    long allocated() {
        return allocated;
    }
}
