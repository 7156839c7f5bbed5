package dev.wst.engine.nn;

import dev.wst.engine.weights.DecoderConfig;

/**
 * What the head needs for some rows at once. M counts them.
 *
 * @param hidden [M, W] rows of the last layer's output
 * @param normed [M, W] their norm, divided by the temperature where logits are computed
 * @param logits [M, V]; on the way back their slopes
 * @param dNormed [M, W]
 * @param dHidden [M, W]
 */
record HeadScratch(Rows hidden, Rows normed, Rows logits, Rows dNormed, Rows dHidden) {
    static HeadScratch in(Workspace workspace, DecoderConfig config) {
        return new HeadScratch(
                workspace.rows("the rows that predict", config.width()),
                workspace.rows("the last norm", config.width()),
                workspace.rows("the logits", config.vocabulary()),
                workspace.rows("the slope of the last norm", config.width()),
                workspace.rows("the slope of the rows that predict", config.width()));
    }
}
