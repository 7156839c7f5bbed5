package dev.wst.engine.nn;

import com.google.common.primitives.Ints;
import dev.wst.engine.weights.DecoderConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prompts and their continuations as token rows without padding. A prompt is one run of rows, shared by all its
 * continuations; a continuation of T tokens needs T - 1 rows, since its first token is predicted by the prompt's last
 * row and its last token predicts nothing that is asked for.
 *
 * <p>Attention wants heads apart and continuations of one length, so a second order is kept beside the packed one: the
 * <em>head order</em>, with rows of width D. It holds all queries, then all keys, then all values; within each, group by
 * group: the prompt as [K, P, Q] (keys and values [K, P]), then the continuations as [K, G, T, Q] (keys and values
 * [K, G, T]), T the longest, short ones filled up with zeros.
 */
public final class PackedBatch {
    private final List<Group> groups = new ArrayList<>();
    private final int[] tokens;
    private final int[] positions;
    private final int[] scoreRows;
    private final int[] targets;
    private final int[] starts;
    private final int longestPosition;
    private final int queryRows;
    private final int keyRows;

    /**
     * A prompt and what follows it.
     *
     * @param prompt [P], at least one token
     * @param continuations each at least one token; none where only the prompt is read
     */
    public record Source(int[] prompt, List<int[]> continuations) {
        public Source {
            if (prompt.length == 0) {
                throw new IllegalArgumentException("a prompt needs at least one token");
            }
            for (int[] continuation : continuations) {
                if (continuation.length == 0) {
                    throw new IllegalArgumentException("a continuation needs at least one token");
                }
            }
            continuations = List.copyOf(continuations);
        }

        /** Rows that this takes in a batch. */
        public int rows() {
            int rows = prompt.length;
            for (int[] continuation : continuations) {
                rows += continuation.length - 1;
            }
            return rows;
        }
    }

    /**
     * Where a group lies.
     *
     * @param row first packed row
     * @param promptLength P
     * @param count G
     * @param longest rows of the longest continuation
     * @param lengths rows of each continuation
     * @param query first row among the queries in head order
     * @param key first row among the keys (and among the values) in head order
     */
    record Group(int row, int promptLength, int count, int longest, int[] lengths, int query, int key) {
        boolean hasContinuations() {
            return count > 0 && longest > 0;
        }
    }

    /**
     * Which prompts are the same.
     *
     * @return their numbers, prompt by prompt in the order in which each comes first
     */
    public static List<List<Integer>> equalPrompts(List<int[]> prompts) {
        Map<List<Integer>, List<Integer>> equal = new LinkedHashMap<>();
        for (int i = 0; i < prompts.size(); i++) {
            equal.computeIfAbsent(Ints.asList(prompts.get(i)), key -> new ArrayList<>())
                    .add(i);
        }
        return List.copyOf(equal.values());
    }

    public PackedBatch(List<Source> sources, DecoderConfig config) {
        int rows = sources.stream().mapToInt(Source::rows).sum();
        int scored = 0;
        int sequences = 0;
        for (Source source : sources) {
            sequences += source.continuations().size();
            for (int[] continuation : source.continuations()) {
                scored += continuation.length;
            }
        }
        tokens = new int[rows];
        positions = new int[rows];
        scoreRows = new int[scored];
        targets = new int[scored];
        starts = new int[sequences + 1];
        int row = 0;
        int query = 0;
        int key = 0;
        int longestSeen = 0;
        Cursor cursor = new Cursor();
        for (Source source : sources) {
            Group group = place(source, row, query, key, cursor);
            groups.add(group);
            row += source.rows();
            int keyTokens = group.promptLength + group.count * group.longest;
            query += keyTokens * config.heads();
            key += keyTokens * config.keyValueHeads();
            longestSeen = Math.max(longestSeen, group.promptLength + group.longest);
        }
        queryRows = query;
        keyRows = key;
        longestPosition = longestSeen;
    }

    private static final class Cursor {
        private int score;
        private int sequence;
    }

    private Group place(Source source, int row, int query, int key, Cursor cursor) {
        int[] prompt = source.prompt();
        List<int[]> continuations = source.continuations();
        System.arraycopy(prompt, 0, tokens, row, prompt.length);
        for (int i = 0; i < prompt.length; i++) {
            positions[row + i] = i;
        }
        int next = row + prompt.length;
        int[] lengths = new int[continuations.size()];
        for (int g = 0; g < lengths.length; g++) {
            int[] continuation = continuations.get(g);
            lengths[g] = continuation.length - 1;
            starts[cursor.sequence++] = cursor.score;
            starts[cursor.sequence] = cursor.score + continuation.length;
            for (int t = 0; t < continuation.length; t++) {
                scoreRows[cursor.score] = t == 0 ? row + prompt.length - 1 : next + t - 1;
                targets[cursor.score++] = continuation[t];
            }
            for (int t = 0; t < lengths[g]; t++) {
                tokens[next + t] = continuation[t];
                positions[next + t] = prompt.length + t;
            }
            next += lengths[g];
        }
        return new Group(
                row, prompt.length, lengths.length, Arrays.stream(lengths).max().orElse(0), lengths, query, key);
    }

    /** N, packed token rows. */
    public int rows() {
        return tokens.length;
    }

    /** Number of continuations. */
    public int sequences() {
        return starts.length - 1;
    }

    /** The first scored token of a continuation; of {@link #sequences()}, the end. */
    public int start(int sequence) {
        return starts[sequence];
    }

    int[] tokens() {
        return tokens;
    }

    int[] positions() {
        return positions;
    }

    /** [S] the packed row that predicts each token. */
    int[] scoreRows() {
        return scoreRows;
    }

    /** [S] the tokens predicted. */
    int[] targets() {
        return targets;
    }

    List<Group> groups() {
        return groups;
    }

    /** One more than the last position used. */
    int positionCount() {
        return longestPosition;
    }

    /** Rows of the queries in head order. */
    int queryRows() {
        return queryRows;
    }

    /** Rows of the keys, and again of the values, in head order. */
    int keyRows() {
        return keyRows;
    }
}
