package dev.wst.engine.nn;

import dev.wst.engine.weights.DecoderConfig;

/**
 * What a layer keeps from its forward pass for its backward pass, in the order of its writing; what is not here is cheaply
 * computed again. Where no backward pass follows, all layers share one of these.
 *
 * @param x [N, W] what goes in; the layer before writes it
 * @param heads [queries + keys + values, D] in head order, queries and keys turned by their positions; as they
 *     were projected where there is no head order
 * @param probabilities of attention
 * @param logSumExp [N, H] of attention's scores, in place of the probabilities where kernels compute attention as one operation
 * @param context [N, H * D] the values attended to, in packed order
 * @param h [N, W] after attention; not used where no backward pass follows
 * @param gate [N, F] before its activation
 * @param up [N, F] what the gate lets through
 */
record LayerActivations(
        Rows x, Rows heads, Probabilities probabilities, Rows logSumExp, Rows context, Rows h, Rows gate, Rows up) {

    static LayerActivations in(Workspace workspace, DecoderConfig config) {
        return new LayerActivations(
                workspace.rows("the residual stream", config.width()),
                workspace.rows("queries, keys and values", config.headWidth()),
                new Probabilities(workspace, config),
                workspace.rows("attention", config.heads()),
                workspace.rows("the result of attention", config.heads() * config.headWidth()),
                workspace.rows("the residual stream after attention", config.width()),
                workspace.rows("the gate", config.ffnWidth()),
                workspace.rows("the feed-forward layer", config.ffnWidth()));
    }
}
