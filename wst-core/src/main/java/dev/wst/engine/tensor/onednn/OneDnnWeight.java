package dev.wst.engine.tensor.onednn;

import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import org.jspecify.annotations.Nullable;

/**
 * A weight in the layouts that oneDNN's matrix product wants, packed once for all numbers of rows. The layout of the
 * backward product takes as much memory again and exists once a backward product was asked for: a frozen model never
 * pays for it. It is packed from that of the forward product, whose numbers it holds in another order, so that the plain
 * weight may be freed.
 */
final class OneDnnWeight implements Weight {
    /** Rows of the forward product that its layout is chosen for: a decode step of a full batch. */
    static final long FORWARD_ROWS = 64;
    /** Rows of the backward product: a part of a training batch. */
    private static final long BACKWARD_ROWS = 1024;

    private final OneDnnEngine engine;
    private final int type;
    private final Matrix plain;
    private final OneDnnPacking forward;
    private @Nullable OneDnnPacking backward;

    OneDnnWeight(OneDnnEngine engine, int type, Matrix plain) {
        this.engine = engine;
        this.type = type;
        this.plain = plain;
        this.forward = new OneDnnPacking(engine, type, FORWARD_ROWS, plain.columns(), plain.rows());
        refreshForward();
    }

    static OneDnnWeight of(Weight weight) {
        if (weight instanceof OneDnnWeight own) {
            return own;
        }
        if (weight instanceof ByteWeight) {
            throw new IllegalStateException(
                    "a weight in INT8 has no backward product; train with the model in BF16 or FP32");
        }
        throw new IllegalArgumentException("this weight was prepared by other kernels");
    }

    @Override
    public int outputs() {
        return plain.rows();
    }

    @Override
    public int inputs() {
        return plain.columns();
    }

    /** For {@code y = x w'}. */
    OneDnnPacking forward() {
        return forward;
    }

    /** For {@code dx = dy w}. */
    OneDnnPacking backward() {
        if (backward == null) {
            backward = new OneDnnPacking(engine, type, BACKWARD_ROWS, plain.rows(), plain.columns());
            refreshBackward(backward);
        }
        return backward;
    }

    @Override
    public void refresh() {
        refreshForward();
        if (backward != null) {
            refreshBackward(backward);
        }
    }

    private void refreshForward() {
        forward.refresh(
                OneDnn.descriptor(new long[] {plain.columns(), plain.rows()}, new long[] {1, plain.rowStride()}),
                plain.address());
    }

    private void refreshBackward(OneDnnPacking packing) {
        packing.refresh(OneDnn.transposed(forward.descriptor()), forward.address());
    }

    @Override
    public boolean standsAlone() {
        return true;
    }

    @Override
    public long forwardBytes() {
        return forward.bytes();
    }

    @Override
    public long backwardBytes() {
        return backward == null ? 0 : backward.bytes();
    }

    @Override
    public void close() {
        forward.close();
        if (backward != null) {
            backward.close();
        }
    }
}
