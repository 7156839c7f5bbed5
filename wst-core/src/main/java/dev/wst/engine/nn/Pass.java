package dev.wst.engine.nn;

import dev.wst.engine.tensor.Matrix;

/**
 * What all layers share while some tokens go through.
 *
 * @param tokens [N]
 * @param positions [N] where each token stands in its text
 * @param rotary cosines and sines, [positions, D]
 * @param attention how the tokens look at earlier ones
 * @param adapted whether the adapters take part
 */
record Pass(int[] tokens, int[] positions, Matrix rotary, Attention attention, boolean adapted) {}
