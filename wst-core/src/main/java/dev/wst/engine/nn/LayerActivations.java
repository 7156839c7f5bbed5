package dev.wst.engine.nn;

import dev.wst.engine.weights.DecoderConfig;

/**
 * What a layer keeps from its forward pass for its backward pass, in the order of its writing; what is not here is cheaply
 * computed again. Where no backward pass follows, all layers share one of these; where only inputs are kept, all but x.
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

    static LayerActivations in(Arena arena, DecoderConfig config) {
        return new LayerActivations(
                arena.rows("the residual stream", config.width()),
                arena.rows("queries, keys and values", config.headWidth()),
                new Probabilities(arena, config),
                arena.rows("attention", config.heads()),
                arena.rows("the result of attention", config.heads() * config.headWidth()),
                arena.rows("the residual stream after attention", config.width()),
                arena.rows("the gate", config.ffnWidth()),
                arena.rows("the feed-forward layer", config.ffnWidth()));
    }

    /** Another layer's, which keeps its input only and has the rest written anew in this one's. */
    LayerActivations withInput(Rows other) {
        return new LayerActivations(other, heads, probabilities, logSumExp, context, h, gate, up);
    }
}
