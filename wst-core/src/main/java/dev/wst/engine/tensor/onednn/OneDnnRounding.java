package dev.wst.engine.tensor.onednn;

import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.host.CpuKernels;
import org.jspecify.annotations.Nullable;

/** Rounds matrices to BF16, into memory that is used again for the next one. */
final class OneDnnRounding implements AutoCloseable {
    private static final int BYTES = 2;

    private final OneDnnEngine engine;
    private @Nullable Matrix rounded;

    OneDnnRounding(OneDnnEngine engine) {
        this.engine = engine;
    }

    /** The address of a matrix's numbers in BF16, row after row without gaps; they are there until the next call. */
    long of(Matrix x) {
        long to = room((long) x.rows() * x.columns() * BYTES);
        engine.run("rounding", new long[] {x.rows(), x.columns(), x.rowStride()}, () -> rounding(x), x.address(), to);
        return to;
    }

    private long room(long bytes) {
        long floats = (bytes + Float.BYTES - 1) / Float.BYTES;
        if (rounded == null || rounded.columns() < floats) {
            close();
            rounded = CpuKernels.zeros(1, Math.toIntExact(floats + floats / 4));
        }
        return rounded.address();
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
        if (rounded != null) {
            rounded.close();
            rounded = null;
        }
    }
}
