package dev.wst.engine.tensor.onednn;

import dev.wst.engine.tensor.Matrix;

/** Rounds matrices to BF16, into memory that is used again for the next one. */
final class OneDnnRounding implements AutoCloseable {
    private static final int BYTES = 2;

    private final OneDnnEngine engine;
    private final OneDnnRoom rounded = new OneDnnRoom();

    OneDnnRounding(OneDnnEngine engine) {
        this.engine = engine;
    }

    /** The address of a matrix's numbers in BF16, row after row without gaps; they are there until the next call. */
    long of(Matrix x) {
        long to = rounded.bytes((long) x.rows() * x.columns() * BYTES);
        engine.run("rounding", new long[] {x.rows(), x.columns(), x.rowStride()}, () -> rounding(x), x.address(), to);
        return to;
    }

    private OneDnnPrimitive rounding(Matrix x) {
        long[] dims = {x.rows(), x.columns()};
        long from = OneDnn.descriptor(dims, new long[] {x.rowStride(), 1});
        long to = OneDnn.descriptor(OneDnn.BF16, dims, new long[] {x.columns(), 1});
        long[] pd = new long[1];
        OneDnn.check(
                OneDnn.dnnl_reorder_primitive_desc_create(pd, from, engine.handle(), to, engine.handle(), 0),
                "rounding to BF16");
        return new OneDnnPrimitive(
                engine.handle(), pd[0], new int[] {OneDnn.ARG_SRC, OneDnn.ARG_DST}, new long[] {from, to});
    }

    @Override
    public void close() {
        rounded.close();
    }
}
