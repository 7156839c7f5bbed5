package dev.wst.engine.tensor.onednn;

import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.host.CpuKernels;
import org.jspecify.annotations.Nullable;

/** Memory that is used again and again, grown when more is needed. What it gives is good until it is asked again. */
final class OneDnnRoom implements AutoCloseable {
    private @Nullable Matrix memory;

    /** A dense matrix with whatever the memory held before. */
    Matrix matrix(int rows, int columns) {
        return holding((long) rows * columns).reshaped(rows, columns);
    }

    /** The address of at least so many bytes. */
    long bytes(long count) {
        return holding((count + Float.BYTES - 1) / Float.BYTES).address();
    }

    private Matrix holding(long floats) {
        Matrix held = memory;
        if (held == null || held.columns() < floats) {
            close();
            held = CpuKernels.zeros(1, Math.toIntExact(floats + floats / 4));
            memory = held;
        }
        return held;
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
            memory = null;
        }
    }
}
