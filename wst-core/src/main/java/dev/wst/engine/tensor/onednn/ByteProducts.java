package dev.wst.engine.tensor.onednn;

import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.host.RowPool;

/**
 * Products with weights in 8 bits. A row is rounded to 16 bits as it comes, by its largest magnitude, and taken as two rows of
 * 8 bits: {@code x = scale (high + low / 254)}. So a product has twice the rows, which costs little while reading the weights
 * is what takes the time; what is lost is what rounding the weights loses. Whole numbers are added up exactly.
 */
final class ByteProducts implements AutoCloseable {
    /** Rows taken at once: more would need more memory for their digits and products. */
    private static final int ROWS = 64;
    /** What is left after rounding, at most 1/2, becomes at most 127. */
    private static final float LOW = 254;
    /** Columns of a product that are joined at once: what stays in a processor's nearest cache. */
    private static final int BLOCK = 2048;

    private final OneDnnEngine engine;
    private final RowPool pool;
    private final OneDnnRoom digits = new OneDnnRoom();
    private final OneDnnRoom bytes = new OneDnnRoom();
    private final OneDnnRoom products = new OneDnnRoom();

    ByteProducts(OneDnnEngine engine, RowPool pool) {
        this.engine = engine;
        this.pool = pool;
    }

    ByteWeight weight(Matrix plain) {
        return new ByteWeight(engine, plain);
    }

    /** What oneDNN multiplies some rows with a weight by, such as {@code brg_matmul:avx512_core_vnni}. */
    String implementation(int rows, ByteWeight w) {
        long[] descriptors = descriptors(2L * rows, w);
        long pd = product(descriptors);
        try {
            return OneDnn.implementation(pd);
        } finally {
            OneDnn.dnnl_primitive_desc_destroy(pd);
            for (long descriptor : descriptors) {
                OneDnn.dnnl_memory_desc_destroy(descriptor);
            }
        }
    }

    /** {@code y = x w'}, or {@code y += x w'}. Shapes: x [M, K], w [N, K], y [M, N]. */
    void linear(Matrix x, ByteWeight w, Matrix y, boolean accumulate) {
        for (int from = 0; from < x.rows(); from += ROWS) {
            int count = Math.min(ROWS, x.rows() - from);
            part(x.rows(from, count), w, y.rows(from, count), accumulate);
        }
    }

    private void part(Matrix x, ByteWeight w, Matrix y, boolean accumulate) {
        int rows = 2 * x.rows();
        int columns = x.columns();
        float[] scales = new float[x.rows()];
        Matrix split = digits.matrix(rows, columns);
        split(x, split, scales);
        long rounded = bytes.bytes((long) rows * columns);
        engine.run(
                "rounding to bytes",
                new long[] {rows, columns},
                () -> rounding(rows, columns),
                split.address(),
                rounded);
        Matrix product = products.matrix(rows, y.columns());
        engine.run(
                "linear of bytes",
                new long[] {rows, columns, y.columns()},
                () -> {
                    long[] descriptors = descriptors(rows, w);
                    return new OneDnnPrimitive(
                            engine.handle(),
                            product(descriptors),
                            new int[] {
                                OneDnn.ARG_SRC,
                                OneDnn.ARG_WEIGHTS,
                                OneDnn.ARG_DST,
                                OneDnn.ARG_SCALES | OneDnn.ARG_WEIGHTS
                            },
                            descriptors);
                },
                rounded,
                w.packing().address(),
                product.address(),
                w.scales());
        join(product, scales, y, accumulate);
    }

    /** Writes the high and the low digit of each row of x as two rows, [2 M, K], the low one not yet rounded. */
    private void split(Matrix x, Matrix split, float[] scales) {
        int k = x.columns();
        Matrix pairs = split.reshaped(x.rows(), 2 * k);
        pool.forEach(x.rows(), 2L * k, (from, to) -> {
            float[] row = new float[k];
            float[] pair = new float[2 * k];
            for (int r = from; r < to; r++) {
                x.readRow(r, row, 0);
                ByteScale scale = ByteScale.of(row);
                float factor = scale.factor();
                for (int i = 0; i < k; i++) {
                    float number = row[i] * factor;
                    float high = ByteScale.whole(number);
                    pair[i] = high;
                    pair[k + i] = (number - high) * LOW;
                }
                pairs.writeRow(r, pair, 0);
                scales[r] = scale.scale();
            }
        });
    }

    /** Brings the products of high and low digits, [2 M, N], together in y. */
    private void join(Matrix product, float[] scales, Matrix y, boolean accumulate) {
        int n = y.columns();
        int width = Math.min(n, BLOCK);
        pool.forEach(y.rows(), 4L * n, (from, to) -> {
            float[] high = new float[width];
            float[] low = new float[width];
            float[] sum = new float[width];
            for (int r = from; r < to; r++) {
                float scale = scales[r];
                for (int at = 0; at < n; at += width) {
                    int count = Math.min(width, n - at);
                    Matrix digits = product.columns(at, count);
                    Matrix target = y.columns(at, count);
                    digits.readRow(2 * r, high, 0);
                    digits.readRow(2 * r + 1, low, 0);
                    if (accumulate) {
                        target.readRow(r, sum, 0);
                        for (int i = 0; i < count; i++) {
                            sum[i] += scale * (high[i] + low[i] / LOW);
                        }
                    } else {
                        for (int i = 0; i < count; i++) {
                            sum[i] = scale * (high[i] + low[i] / LOW);
                        }
                    }
                    target.writeRow(r, sum, 0);
                }
            }
        });
    }

    private OneDnnPrimitive rounding(int rows, int columns) {
        long[] dims = {rows, columns};
        long[] strides = {columns, 1};
        long from = OneDnn.descriptor(dims, strides);
        long to = OneDnn.descriptor(OneDnn.S8, dims, strides);
        long[] pd = new long[1];
        OneDnn.check(
                OneDnn.dnnl_reorder_primitive_desc_create(pd, from, engine.handle(), to, engine.handle(), 0),
                "rounding to 8 bits");
        return new OneDnnPrimitive(
                engine.handle(), pd[0], new int[] {OneDnn.ARG_SRC, OneDnn.ARG_DST}, new long[] {from, to});
    }

    /** Of the rounded rows, the weight, their products and the weight's scales. */
    private static long[] descriptors(long rows, ByteWeight w) {
        return new long[] {
            OneDnn.descriptor(OneDnn.S8, new long[] {rows, w.inputs()}, new long[] {w.inputs(), 1}),
            OneDnn.copy(w.packing().descriptor()),
            OneDnn.descriptor(new long[] {rows, w.outputs()}, new long[] {w.outputs(), 1}),
            OneDnn.descriptor(new long[] {w.outputs()}, new long[] {1})
        };
    }

    private long product(long[] descriptors) {
        try (OneDnnAttributes attributes = new OneDnnAttributes()) {
            attributes.scale(OneDnn.ARG_WEIGHTS, 2);
            long[] pd = new long[1];
            OneDnn.check(
                    OneDnn.dnnl_matmul_primitive_desc_create(
                            pd,
                            engine.handle(),
                            descriptors[0],
                            descriptors[1],
                            0,
                            descriptors[2],
                            attributes.handle()),
                    "matrix product of 8-bit numbers");
            return pd[0];
        }
    }

    @Override
    public void close() {
        digits.close();
        bytes.close();
        products.close();
    }
}
