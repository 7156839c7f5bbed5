package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;

/** The continuations of a group in head order, or their slopes, as a batch over K and G. */
final class ContinuationBlocks {
    private final DecoderConfig config;
    private final int p;
    private final int g;
    private final int t;
    /** [K, G] of [T * Q, D]. */
    final Block query;
    /** [K, G] of [T, D]. */
    final Block key;
    /** [K, G] of [T, D]. */
    final Block value;
    /** [K, G] of [T * Q, D]. */
    final Block result;

    /**
     * Looks at numbers or at slopes.
     *
     * @param group one that has continuations
     * @param heads [queries + keys + values, D] in head order
     * @param results [queries, D] in head order
     */
    ContinuationBlocks(DecoderConfig config, PackedBatch batch, PackedBatch.Group group, Matrix heads, Matrix results) {
        this.config = config;
        this.p = group.promptLength();
        this.g = group.count();
        this.t = group.longest();
        int firstQuery = group.query() + config.heads() * p;
        int firstKey = batch.queryRows() + group.key() + config.keyValueHeads() * p;
        query = block(heads, firstQuery, t * config.sharing());
        result = block(results, firstQuery, t * config.sharing());
        key = block(heads, firstKey, t);
        value = block(heads, firstKey + batch.keyRows(), t);
    }

    private Block block(Matrix memory, int row, int rows) {
        int d = config.headWidth();
        long each = (long) rows * d;
        return new Block(memory, (long) row * d, new int[] {1, config.keyValueHeads(), g, rows, d}, new long[] {
            0, g * each, each, d, 1
        });
    }

    /** Queries as one run of rows for each head, [K] of [G * T * Q, D]: what looks at the prompt. */
    Block allQueries() {
        return all(query);
    }

    /** Results as one run of rows for each head, [K] of [G * T * Q, D]. */
    Block allResults() {
        return all(result);
    }

    private Block all(Block each) {
        int rows = g * t * config.sharing();
        int d = config.headWidth();
        return new Block(each.memory(), each.offset(), new int[] {1, 1, config.keyValueHeads(), rows, d}, new long[] {
            0, 0, (long) rows * d, d, 1
        });
    }

    /** [K] of [G * T * Q, P] in {@link Probabilities#ofContinuations}. */
    Block scoresOnPrompt(Matrix memory) {
        int rows = g * t * config.sharing();
        return new Block(memory, 0, new int[] {1, 1, config.keyValueHeads(), rows, p}, new long[] {
            0, 0, (long) rows * (p + t), p + t, 1
        });
    }

    /** [K, G] of [T * Q, T] in {@link Probabilities#ofContinuations}. */
    Block scoresOnSelf(Matrix memory) {
        int rows = t * config.sharing();
        long each = (long) rows * (p + t);
        return new Block(
                memory, p, new int[] {1, config.keyValueHeads(), g, rows, t}, new long[] {0, g * each, each, p + t, 1});
    }
}
