package dev.wst.engine.nn;

import dev.wst.engine.tensor.FusedKernels;
import dev.wst.engine.tensor.HeadShape;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;

/** The same as {@link PackedAttention} in one operation a layer, for kernels that have it: no order of heads, no scores kept. */
final class FusedAttention implements BatchAttention {
    private final Kernels kernels;
    private final FusedKernels fused;
    private final Scratch scratch;
    private final HeadShape shape;
    private final int rows;
    private final Index tiles;
    private final Index keyTiles;

    FusedAttention(Kernels kernels, FusedKernels fused, Scratch scratch, HeadShape shape, PackedBatch batch) {
        this.kernels = kernels;
        this.fused = fused;
        this.scratch = scratch;
        this.shape = shape;
        this.rows = batch.rows();
        AttentionTiles prepared = AttentionTiles.of(batch, fused.rowsOfTile(shape), fused.keysOfTile(shape));
        tiles = kernels.index(prepared.queries().toArray());
        keyTiles = kernels.index(prepared.keys().toArray());
    }

    @Override
    public void forward(int layer, Matrix projected, LayerActivations kept, Matrix context) {
        Matrix own = projections(kept);
        kernels.copy(byRow(projected), own);
        fused.attend(own, shape, tiles, byRow(context), kept.logSumExp().of(rows));
    }

    /** Queries, keys and values of all rows as forward leaves them, [N, (H + 2 K) D]. */
    Matrix projections(LayerActivations kept) {
        return byRow(kept.heads().of(rows * shape.projected() / shape.width()));
    }

    @Override
    public void backward(Matrix dContext, LayerActivations kept, Matrix dProjected) {
        fused.attendBack(
                projections(kept),
                shape,
                tiles,
                keyTiles,
                kept.context().of(rows),
                byRow(dContext),
                kept.logSumExp().of(rows),
                scratch.attentionDelta().of(rows),
                byRow(dProjected));
    }

    private Matrix byRow(Matrix heads) {
        return heads.reshaped(rows, heads.rows() / rows * shape.width());
    }

    @Override
    public void close() {
        tiles.close();
        keyTiles.close();
    }
}
