package dev.wst.engine.tensor.host;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Matrix;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Moves, adds and fills rows, over copies on the heap where it computes and from buffer to buffer where it does not. */
public final class HostRows {
    private final RowPool pool;

    public HostRows(RowPool pool) {
        this.pool = pool;
    }

    public void gatherRows(Matrix x, int[] index, Matrix y) {
        int k = x.columns();
        FloatBuffer source = x.buffer();
        FloatBuffer target = y.buffer();
        pool.forEach(index.length, k, (from, to) -> {
            float[] zeros = new float[k];
            for (int i = from; i < to; i++) {
                int at = (int) y.offset() + i * y.rowStride();
                if (index[i] < 0) {
                    target.put(at, zeros, 0, k);
                } else {
                    target.put(at, source, (int) x.offset() + index[i] * x.rowStride(), k);
                }
            }
        });
    }

    public void scatterAddRows(Matrix x, int[] index, Matrix y) {
        int k = x.columns();
        float[] row = new float[k];
        float[] sum = new float[k];
        for (int i = 0; i < index.length; i++) {
            if (index[i] >= 0) {
                x.readRow(i, row, 0);
                y.readRow(index[i], sum, 0);
                for (int j = 0; j < k; j++) {
                    sum[j] += row[j];
                }
                y.writeRow(index[i], sum, 0);
            }
        }
    }

    public void placeRows(Matrix x, int[] index, Matrix y) {
        int k = x.columns();
        FloatBuffer source = x.buffer();
        FloatBuffer target = y.buffer();
        pool.forEach(index.length, k, (from, to) -> {
            for (int i = from; i < to; i++) {
                if (index[i] >= 0) {
                    target.put(
                            (int) y.offset() + index[i] * y.rowStride(),
                            source,
                            (int) x.offset() + i * x.rowStride(),
                            k);
                }
            }
        });
    }

    public void add(Matrix x, Matrix y) {
        int k = x.columns();
        pool.forEach(x.rows(), k, (from, to) -> {
            float[] row = new float[k];
            float[] sum = new float[k];
            for (int r = from; r < to; r++) {
                x.readRow(r, row, 0);
                y.readRow(r, sum, 0);
                for (int i = 0; i < k; i++) {
                    sum[i] += row[i];
                }
                y.writeRow(r, sum, 0);
            }
        });
    }

    public void addRow(Matrix row, Matrix y) {
        float[] added = row.toArray();
        pool.forEach(y.rows(), added.length, (from, to) -> {
            float[] sum = new float[added.length];
            for (int r = from; r < to; r++) {
                y.readRow(r, sum, 0);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += added[i];
                }
                y.writeRow(r, sum, 0);
            }
        });
    }

    public void sumRows(Matrix x, Matrix row) {
        double[] sum = new double[x.columns()];
        float[] each = new float[x.columns()];
        for (int r = 0; r < x.rows(); r++) {
            x.readRow(r, each, 0);
            for (int i = 0; i < each.length; i++) {
                sum[i] += each[i];
            }
        }
        addTo(row, sum);
    }

    public void scale(Matrix x, float factor) {
        int k = x.columns();
        pool.forEach(x.rows(), k, (from, to) -> {
            float[] row = new float[k];
            for (int r = from; r < to; r++) {
                x.readRow(r, row, 0);
                for (int i = 0; i < k; i++) {
                    row[i] *= factor;
                }
                x.writeRow(r, row, 0);
            }
        });
    }

    public void fill(Matrix x, float value) {
        int k = x.columns();
        pool.forEach(x.rows(), k, (from, to) -> {
            float[] row = new float[k];
            Arrays.fill(row, value);
            for (int r = from; r < to; r++) {
                x.writeRow(r, row, 0);
            }
        });
    }

    public void copy(Matrix x, Matrix y) {
        FloatBuffer source = x.buffer();
        FloatBuffer target = y.buffer();
        pool.forEach(x.rows(), x.columns(), (from, to) -> {
            for (int r = from; r < to; r++) {
                target.put(
                        (int) y.offset() + r * y.rowStride(),
                        source,
                        (int) x.offset() + r * x.rowStride(),
                        x.columns());
            }
        });
    }

    public void copy(Block x, Block y) {
        int[] n = y.sizes();
        pool.forEach(n[0] * n[1] * n[2], (long) n[3] * n[4], (from, to) -> {
            for (int i = from; i < to; i++) {
                int i0 = i / (n[1] * n[2]);
                int i1 = i / n[2] % n[1];
                int i2 = i % n[2];
                Blocks.write(y, i0, i1, i2, Blocks.read(x, i0, i1, i2));
            }
        });
    }

    /** {@code row += sum}. */
    public static void addTo(Matrix row, double[] sum) {
        float[] total = row.toArray();
        for (int i = 0; i < total.length; i++) {
            total[i] += (float) sum[i];
        }
        row.write(total);
    }

    /**
     * {@code y += x}, x broadcast over y's batch dimensions; columns contiguous in both. Leading zeros of a row of x cost
     * nothing, which is what masks begin with.
     */
    public void addTo(Block x, Block y) {
        int[] n = y.sizes();
        int m = n[3];
        int k = n[4];
        FloatBuffer source = x.memory().buffer();
        FloatBuffer target = y.memory().buffer();
        pool.forEach(n[0] * n[1] * n[2], (long) m * k, (from, to) -> {
            float[] added = new float[k];
            float[] sum = new float[k];
            for (int batch = from; batch < to; batch++) {
                int i2 = batch % n[2];
                int i1 = batch / n[2] % n[1];
                int i0 = batch / n[2] / n[1];
                for (int row = 0; row < m; row++) {
                    source.get(place(x, i0, i1, i2, row), added);
                    int first = 0;
                    while (first < k && added[first] == 0) {
                        first++;
                    }
                    int at = place(y, i0, i1, i2, row) + first;
                    target.get(at, sum, first, k - first);
                    for (int i = first; i < k; i++) {
                        sum[i] += added[i];
                    }
                    target.put(at, sum, first, k - first);
                }
            }
        });
    }

    /** Where a row of a block begins in its memory's buffer. */
    private static int place(Block block, int i0, int i1, int i2, int row) {
        int[] n = block.sizes();
        long[] s = block.strides();
        return (int) (block.memory().offset()
                + block.offset()
                + (n[0] == 1 ? 0 : i0 * s[0])
                + (n[1] == 1 ? 0 : i1 * s[1])
                + (n[2] == 1 ? 0 : i2 * s[2])
                + row * s[3]);
    }
}
