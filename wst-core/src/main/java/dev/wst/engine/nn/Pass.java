package dev.wst.engine.nn;

import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Matrix;

/**
 * What all layers share while some tokens go through. Owns the tokens and positions; the attention is closed by whoever made
 * it.
 *
 * @param tokens [N]
 * @param positions [N] where each token stands in its text
 * @param rotary cosines and sines, [positions, D]
 * @param attention how the tokens look at earlier ones
 * @param adapted whether the adapters take part
 * @param shape of the batch, as far as it decides how much memory the pass takes
 */
record Pass(Index tokens, Index positions, Matrix rotary, Attention attention, boolean adapted, BatchShape shape)
        implements AutoCloseable {
    @Override
    public void close() {
        tokens.close();
        positions.close();
    }
}
