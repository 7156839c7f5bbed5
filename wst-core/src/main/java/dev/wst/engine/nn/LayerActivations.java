package dev.wst.engine.nn;

import dev.wst.engine.weights.DecoderConfig;

/**
 * What a layer keeps from its forward pass for its backward pass, in the order of its writing; what is not here is cheaply
 * computed again. Where no backward pass follows, all layers share one of these; where only inputs are kept, all but x.
 *
 * @param x [N, W] what goes in; the layer before writes it
 * @param heads [queries + keys + values, D] in head order, queries and keys turned by their positions
 * @param probabilities of attention
 * @param context [N, H * D] the values attended to, in packed order
 * @param h [N, W] after attention; not used where no backward pass follows
 * @param gate [N, F] before its activation
 * @param up [N, F] what the gate lets through
 */
record LayerActivations(Rows x, Rows heads, Probabilities probabilities, Rows context, Rows h, Rows gate, Rows up) {

    static LayerActivations in(Arena arena, DecoderConfig config) {
        return new LayerActivations(
                arena.rows("the residual stream", config.width()),
                arena.rows("queries, keys and values", config.headWidth()),
                new Probabilities(arena, config),
                arena.rows("the result of attention", config.heads() * config.headWidth()),
                arena.rows("the residual stream after attention", config.width()),
                arena.rows("the gate", config.ffnWidth()),
                arena.rows("the feed-forward layer", config.ffnWidth()));
    }

    /** Another layer's, which keeps its input only and has the rest written anew in this one's. */
    LayerActivations withInput(Rows other) {
        return new LayerActivations(other, heads, probabilities, context, h, gate, up);
    }
}
