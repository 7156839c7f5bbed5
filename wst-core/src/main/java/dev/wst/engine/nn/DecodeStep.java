package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;
import java.util.Arrays;
import java.util.List;

/**
 * One token of each continuation at work: where its rows come from and go to, the same for every layer.
 */
final class DecodeStep {
    /** A. */
    final int most;
    /** [B] tokens of each prompt. */
    final int[] promptLengths;
    /** Tokens of each continuation that the cache holds before this step. */
    final int written;
    /** [rows] where each token stands in its text. */
    final int[] positions;
    /** [B * K * A * Q] row of the projections, seen as [rows * (H + 2 K), D], of each query; -1 where there is none. */
    final int[] fromProjected;
    /** [rows * H] the query of each row's heads: puts attention's result back. */
    final int[] toPacked;
    /** [rows * (H + 2 K)] row of the cache that each key goes to; -1 for queries and values. */
    final int[] toOwnKeys;
    /** [rows * (H + 2 K)] row of the cache that each value goes to; -1 for queries and keys. */
    final int[] toOwnValues;

    private final DecoderConfig config;
    private final int prompts;

    DecodeStep(DecoderConfig config, KeyValueCache cache, List<List<Integer>> places, int[] lengths, int written) {
        this.config = config;
        this.promptLengths = Arrays.copyOf(lengths, places.size());
        this.written = written;
        this.prompts = places.size();
        most = places.stream().mapToInt(List::size).max().orElseThrow();
        int rows = places.stream().mapToInt(List::size).sum();
        int heads = config.heads();
        int keyHeads = config.keyValueHeads();
        int projected = config.projectedHeads();
        positions = new int[rows];
        fromProjected = new int[prompts * most * heads];
        toPacked = new int[rows * heads];
        toOwnKeys = new int[rows * projected];
        toOwnValues = new int[rows * projected];
        Arrays.fill(fromProjected, -1);
        Arrays.fill(toOwnKeys, -1);
        Arrays.fill(toOwnValues, -1);
        int row = 0;
        for (int b = 0; b < prompts; b++) {
            for (int a = 0; a < places.get(b).size(); a++) {
                positions[row] = lengths[b] + written;
                for (int k = 0; k < keyHeads; k++) {
                    int own = cache.ownRow(b, a, k, written);
                    toOwnKeys[row * projected + heads + k] = own;
                    toOwnValues[row * projected + heads + keyHeads + k] = own;
                    for (int j = 0; j < config.sharing(); j++) {
                        int query = ((b * keyHeads + k) * most + a) * config.sharing() + j;
                        int head = k * config.sharing() + j;
                        fromProjected[query] = row * projected + head;
                        toPacked[row * heads + head] = query;
                    }
                }
                row++;
            }
        }
    }

    int prompts() {
        return prompts;
    }

    /** One more than the last position used. */
    int positionCount() {
        return Arrays.stream(positions).max().orElseThrow() + 1;
    }

    /** [B, K] of [A * Q, D]. */
    Block overPrompts(Matrix memory) {
        int rows = most * config.sharing();
        long each = (long) rows * config.headWidth();
        return new Block(
                memory, 0, new int[] {1, prompts, config.keyValueHeads(), rows, config.headWidth()}, new long[] {
                    0, config.keyValueHeads() * each, each, config.headWidth(), 1
                });
    }

    /** [B, K, A] of [Q, D]. */
    Block overContinuations(Matrix memory) {
        long each = (long) config.sharing() * config.headWidth();
        return new Block(
                memory,
                0,
                new int[] {prompts, config.keyValueHeads(), most, config.sharing(), config.headWidth()},
                new long[] {(long) config.keyValueHeads() * most * each, most * each, each, config.headWidth(), 1});
    }
}
