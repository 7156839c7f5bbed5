package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Zero where a query may look, minus infinity at later tokens. Rows are (token, head of the share), so the mask of a
 * short text is a corner of that of a longer one.
 */
final class CausalMask implements AutoCloseable {
    private final Kernels kernels;
    private final int sharing;
    private @Nullable Matrix mask;

    CausalMask(Kernels kernels, int sharing) {
        this.kernels = kernels;
        this.sharing = sharing;
    }

    /** [T * Q, T], to be broadcast over heads and continuations. */
    Block of(int tokens) {
        Matrix held = upTo(tokens);
        return new Block(
                held, 0, new int[] {1, 1, 1, tokens * sharing, tokens}, new long[] {0, 0, 0, held.rowStride(), 1});
    }

    /** The most tokens that one matrix holds the mask of, which has room for a power of two. */
    static int longest(int sharing) {
        return Integer.highestOneBit((int) Math.sqrt((double) Matrix.MOST_NUMBERS / sharing));
    }

    private Matrix upTo(int tokens) {
        Matrix held = mask;
        if (held != null && held.columns() >= tokens) {
            return held;
        }
        int size = Math.max(64, Integer.highestOneBit(Math.max(1, tokens - 1)) * 2);
        Matrix grown = kernels.allocate(size * sharing, size);
        float[] row = new float[size];
        for (int token = 0; token < size; token++) {
            Arrays.fill(row, 0, token + 1, 0f);
            Arrays.fill(row, token + 1, size, Float.NEGATIVE_INFINITY);
            for (int j = 0; j < sharing; j++) {
                grown.writeRow(token * sharing + j, row, 0);
            }
        }
        close();
        mask = grown;
        return grown;
    }

    long bytes() {
        return mask == null ? 0 : mask.extent() * Float.BYTES;
    }

    @Override
    public void close() {
        if (mask != null) {
            mask.close();
            mask = null;
        }
    }
}
