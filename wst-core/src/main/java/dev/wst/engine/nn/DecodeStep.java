package dev.wst.engine.nn;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;
import java.util.Arrays;
import java.util.List;

/**
 * The next tokens of each continuation at work: where their rows come from and go to, the same for every layer. Every continuation gets L
 * rows; those beyond its own tokens repeat its last one and are not kept.
 */
final class DecodeStep {
    /** Numbers of tokens that steps have: each is a shape that kernels may prepare for. */
    private static final int[] WIDTHS = {1, 2, 4, 8};

    /** A. */
    final int most;
    /** L, tokens of each continuation in this step. */
    final int width;
    /** [B] tokens of each prompt. */
    final int[] promptLengths;
    /** [rows * L] the tokens. */
    final int[] tokens;
    /** [rows * L] where each token stands in its text. */
    final int[] positions;
    /** [B * K * A * L * Q] row of the projections, seen as [rows * L * (H + 2 K), D], of each query; -1 where there is none. */
    final int[] fromProjected;
    /** [rows * L * H] the query of each row's heads: puts attention's result back. */
    final int[] toPacked;
    /** [rows * L * (H + 2 K)] row of the cache that each key goes to; -1 for queries and values. */
    final int[] toOwnKeys;
    /** [rows * L * (H + 2 K)] row of the cache that each value goes to; -1 for queries and keys. */
    final int[] toOwnValues;
    /** [B * A * L] how many of its continuation's own tokens each token looks at, itself included. */
    final int[] looksAt;

    /** The most own tokens that any token looks at. */
    final int furthest;

    private final DecoderConfig config;
    private final int prompts;

    /**
     * Plans a step.
     *
     * @param written [rows] tokens of each continuation that the cache holds before
     * @param next [rows] the tokens that come then, at least one
     */
    DecodeStep(
            DecoderConfig config,
            KeyValueCache cache,
            List<List<Integer>> places,
            int[] lengths,
            int[] written,
            int[][] next) {
        this.config = config;
        this.promptLengths = Arrays.copyOf(lengths, places.size());
        this.prompts = places.size();
        int longest = Arrays.stream(next).mapToInt(own -> own.length).max().orElseThrow();
        width = Arrays.stream(WIDTHS).filter(w -> w >= longest).findFirst().orElse(longest);
        most = places.stream().mapToInt(List::size).max().orElseThrow();
        int heads = config.heads();
        int keyHeads = config.keyValueHeads();
        int projected = config.projectedHeads();
        int rows = next.length * width;
        tokens = new int[rows];
        positions = new int[rows];
        fromProjected = new int[prompts * most * width * heads];
        toPacked = new int[rows * heads];
        toOwnKeys = new int[rows * projected];
        toOwnValues = new int[rows * projected];
        looksAt = new int[prompts * most * width];
        Arrays.fill(fromProjected, -1);
        Arrays.fill(toOwnKeys, -1);
        Arrays.fill(toOwnValues, -1);
        int continuation = 0;
        for (int b = 0; b < prompts; b++) {
            for (int a = 0; a < places.get(b).size(); a++) {
                int[] own = next[continuation];
                for (int t = 0; t < width; t++) {
                    int row = continuation * width + t;
                    int at = Math.min(t, own.length - 1);
                    int place = written[continuation] + at;
                    tokens[row] = own[at];
                    positions[row] = lengths[b] + place;
                    looksAt[(b * most + a) * width + t] = place + 1;
                    for (int k = 0; k < keyHeads; k++) {
                        if (t < own.length) {
                            int kept = cache.ownRow(b, a, k, place);
                            toOwnKeys[row * projected + heads + k] = kept;
                            toOwnValues[row * projected + heads + keyHeads + k] = kept;
                        }
                        for (int j = 0; j < config.sharing(); j++) {
                            int query = (((b * keyHeads + k) * most + a) * width + t) * config.sharing() + j;
                            int head = k * config.sharing() + j;
                            fromProjected[query] = row * projected + head;
                            toPacked[row * heads + head] = query;
                        }
                    }
                }
                continuation++;
            }
        }
        furthest = Arrays.stream(looksAt).max().orElseThrow();
    }

    /** L * Q, queries of a continuation that look at one head of keys. */
    int queriesOfEach() {
        return width * config.sharing();
    }

    /** Whether all tokens look at the same number of own tokens. */
    boolean isEven() {
        return Arrays.stream(looksAt).allMatch(count -> count == 0 || count == furthest);
    }

    /** Writes zero where a token may look and minus infinity elsewhere: [B * A * L * Q, own]. */
    void writeMask(Matrix mask) {
        int own = mask.columns();
        float[] values = new float[mask.rows() * own];
        for (int row = 0; row < mask.rows(); row++) {
            Arrays.fill(values, row * own + looksAt[row / config.sharing()], (row + 1) * own, Float.NEGATIVE_INFINITY);
        }
        mask.write(values);
    }

    int prompts() {
        return prompts;
    }

    /** One more than the last position used. */
    int positionCount() {
        return Arrays.stream(positions).max().orElseThrow() + 1;
    }

    /** [B, K] of [A * L * Q, D]. */
    Block overPrompts(Matrix memory) {
        int rows = most * queriesOfEach();
        long each = (long) rows * config.headWidth();
        return new Block(
                memory, 0, new int[] {1, prompts, config.keyValueHeads(), rows, config.headWidth()}, new long[] {
                    0, config.keyValueHeads() * each, each, config.headWidth(), 1
                });
    }

    /** [B, K, A] of [L * Q, D]. */
    Block overContinuations(Matrix memory) {
        long each = (long) queriesOfEach() * config.headWidth();
        return new Block(
                memory,
                0,
                new int[] {prompts, config.keyValueHeads(), most, queriesOfEach(), config.headWidth()},
                new long[] {(long) config.keyValueHeads() * most * each, most * each, each, config.headWidth(), 1});
    }
}
