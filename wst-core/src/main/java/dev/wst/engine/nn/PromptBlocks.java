package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;

/** The prompt of a group in head order, or its slopes, as a batch over K. */
final class PromptBlocks {
    private final DecoderConfig config;
    private final int p;
    /** [K] of [P * Q, D]. */
    final Block query;
    /** [K] of [P, D]. */
    final Block key;
    /** [K] of [P, D]. */
    final Block value;
    /** [K] of [P * Q, D]. */
    final Block result;

    /**
     * Looks at numbers or at slopes.
     *
     * @param heads [queries + keys + values, D] in head order
     * @param results [queries, D] in head order
     */
    PromptBlocks(DecoderConfig config, PackedBatch batch, PackedBatch.Group group, Matrix heads, Matrix results) {
        this.config = config;
        this.p = group.promptLength();
        int firstKey = batch.queryRows() + group.key();
        query = block(heads, group.query(), p * config.sharing());
        result = block(results, group.query(), p * config.sharing());
        key = block(heads, firstKey, p);
        value = block(heads, firstKey + batch.keyRows(), p);
    }

    private Block block(Matrix memory, int row, int rows) {
        int d = config.headWidth();
        return new Block(memory, (long) row * d, new int[] {1, 1, config.keyValueHeads(), rows, d}, new long[] {
            0, 0, (long) rows * d, d, 1
        });
    }

    /** [K] of [P * Q, P] in {@link Probabilities#ofPrompt}. */
    Block scores(Matrix memory) {
        int rows = p * config.sharing();
        return new Block(
                memory, 0, new int[] {1, 1, config.keyValueHeads(), rows, p}, new long[] {0, 0, (long) rows * p, p, 1});
    }
}
