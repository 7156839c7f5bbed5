package dev.wst.engine.nn;

import dev.wst.engine.weights.DecoderConfig;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a {@link DecodingSession} needs, kept for the next one.
 *
 * @param hidden [rows, W] the last layer's output for the last token of each prompt, once a continuation
 * @param promptKeys [B * K * P, D] keys of some prompts, before they are turned to the cache's order
 * @param queries [B * K * A * L * Q, D]
 * @param scores [B * K * A * L * Q, P + T] of each query on its prompt and on what was written
 * @param mask [B * A * L * Q, T] where each query may look among what was written
 * @param layers the cache
 */
record DecodingMemory(Rows hidden, Rows promptKeys, Rows queries, Buffer scores, Buffer mask, List<LayerCache> layers) {
    static DecodingMemory in(Workspace workspace, DecoderConfig config) {
        return new DecodingMemory(
                workspace.rows("the rows that predict", config.width()),
                workspace.rows("the keys of the prompts", config.headWidth()),
                workspace.rows("the queries", config.headWidth()),
                workspace.buffer("attention"),
                workspace.buffer("the mask of attention"),
                Stream.generate(() -> LayerCache.in(workspace, config))
                        .limit(config.layers())
                        .toList());
    }
}
