package dev.wst.engine.nn;

import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import org.jspecify.annotations.Nullable;

/** Cosines and sines by position, [positions, D], grown as longer texts come. */
final class RotaryTable implements AutoCloseable {
    private final Kernels kernels;
    private final double[] inverseFrequencies;
    private @Nullable Matrix table;

    RotaryTable(Kernels kernels, double[] inverseFrequencies) {
        this.kernels = kernels;
        this.inverseFrequencies = inverseFrequencies;
    }

    /** The table, with at least the given number of positions. */
    Matrix upTo(int positions) {
        Matrix held = table;
        if (held != null && held.rows() >= positions) {
            return held;
        }
        int size = Math.max(256, Integer.highestOneBit(Math.max(1, positions - 1)) * 2);
        int half = inverseFrequencies.length;
        Matrix grown = kernels.allocate(size, 2 * half);
        float[] row = new float[2 * half];
        for (int position = 0; position < size; position++) {
            for (int i = 0; i < half; i++) {
                double angle = position * inverseFrequencies[i];
                row[i] = (float) Math.cos(angle);
                row[half + i] = (float) Math.sin(angle);
            }
            grown.writeRow(position, row, 0);
        }
        close();
        table = grown;
        return grown;
    }

    long bytes() {
        return table == null ? 0 : table.extent() * Float.BYTES;
    }

    @Override
    public void close() {
        if (table != null) {
            table.close();
            table = null;
        }
    }
}
