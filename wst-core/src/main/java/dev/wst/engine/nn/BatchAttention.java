package dev.wst.engine.nn;

import dev.wst.engine.tensor.Matrix;

/** Attention of a {@link PackedBatch} within itself, there and back. */
interface BatchAttention extends Attention {
    /**
     * Writes the slopes of queries, keys and values.
     *
     * @param dContext [N * H, D]
     * @param kept what forward wrote
     * @param dProjected [N * (H + 2 K), D] out
     */
    void backward(Matrix dContext, LayerActivations kept, Matrix dProjected);
}
