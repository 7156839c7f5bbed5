package dev.wst.engine.nn;

import dev.wst.engine.tensor.Matrix;

/**
 * What all layers share while one batch goes through.
 *
 * @param rotary cosines and sines, [positions, D]
 * @param adapted whether the adapters take part
 */
record Pass(PackedBatch batch, HeadOrder order, Matrix rotary, boolean adapted) {
    int[] positions() {
        return batch.positions();
    }
}
