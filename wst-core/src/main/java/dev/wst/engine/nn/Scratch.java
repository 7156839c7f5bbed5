package dev.wst.engine.nn;

import dev.wst.engine.weights.DecoderConfig;

/**
 * What a layer needs while it works, the same memory for every layer and step. Nothing lives on from one layer to the next
 * but {@code d}, and nothing from forward to backward: a name that both use is written anew before it is read.
 *
 * @param normed [N, W] the norm's result, computed again on the way back
 * @param projected [N, (H + 2 K) * D] queries, keys and values side by side; on the way back their slopes
 * @param attended [queries, D] attention's result in head order; on the way back its slope
 * @param active [N, F] {@code swish(gate) * up}, computed again on the way back
 * @param adapted [N, parts * R] what an adapter's A makes of its input
 * @param d [N, W] the slope of the residual stream, turned in place from layer to layer
 * @param dActive [N, F]
 * @param dGate [N, F]
 * @param dUp [N, F]
 * @param dNormed [N, W]
 * @param dContext [N, H * D]
 * @param dPromptProbabilities [K * P * Q, P] of one group
 * @param dProbabilities [K * G * T * Q, P + T] of one group's continuations
 * @param attentionDelta [N, H] what softmax's slope takes away, where kernels compute attention as one operation
 * @param dHeads [queries + keys + values, D] in head order
 * @param dAdapted [N, parts * R]
 */
record Scratch(
        Rows normed,
        Rows projected,
        Rows attended,
        Rows active,
        Buffer adapted,
        Rows d,
        Rows dActive,
        Rows dGate,
        Rows dUp,
        Rows dNormed,
        Rows dContext,
        Buffer dPromptProbabilities,
        Buffer dProbabilities,
        Rows attentionDelta,
        Rows dHeads,
        Buffer dAdapted) {

    static Scratch in(Workspace workspace, DecoderConfig config) {
        int w = config.width();
        int d = config.headWidth();
        int f = config.ffnWidth();
        return new Scratch(
                workspace.rows("a norm", w),
                workspace.rows("the projections", config.projectedHeads() * d),
                workspace.rows("attention", d),
                workspace.rows("the feed-forward layer", f),
                workspace.buffer("an adapter"),
                workspace.rows("the slope of the residual stream", w),
                workspace.rows("the slope of the feed-forward layer", f),
                workspace.rows("the slope of the gate", f),
                workspace.rows("the slope of what the gate lets through", f),
                workspace.rows("the slope of a norm", w),
                workspace.rows("the slope of attention's result", config.heads() * d),
                workspace.buffer("the slope of a prompt's attention"),
                workspace.buffer("the slope of attention"),
                workspace.rows("the slope of attention", config.heads()),
                workspace.rows("the slope of queries, keys and values", d),
                workspace.buffer("the slope of an adapter"));
    }
}
