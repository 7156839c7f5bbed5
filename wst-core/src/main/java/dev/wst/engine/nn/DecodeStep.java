package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Matrix;
import java.util.Arrays;
import java.util.List;

/** Where the rows of one step come from and go to, the same for every layer. */
final class DecodeStep {
    final int most;
    final int[] positions;
    final int[] fromProjected;
    final int[] toPacked;
    final int[] toOwnKeys;
    final int[] toOwnValues;
    private final DecoderConfig config;
    private final int prompts;

    DecodeStep(DecoderConfig config, KeyValueCache cache, List<List<Integer>> places, int[] lengths, int written) {
        this.config = config;
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
