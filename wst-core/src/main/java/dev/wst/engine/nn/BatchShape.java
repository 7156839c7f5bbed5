package dev.wst.engine.nn;

/**
 * The sizes of a {@link PackedBatch} that decide how much memory it takes. Scores count pairs of tokens, one of which looks
 * at the other.
 *
 * @param rows N
 * @param keyTokens tokens in head order, short continuations filled up
 * @param scores of all groups
 * @param promptScores P * P of the longest prompt
 * @param continuationScores G * T * (P + T) of the group where that is most
 * @param groups how many
 */
public record BatchShape(
        long rows, long keyTokens, long scores, long promptScores, long continuationScores, int groups) {
    /** Of no group yet. */
    public static final BatchShape EMPTY = new BatchShape(0, 0, 0, 0, 0, 0);

    /**
     * A prompt and its continuations.
     *
     * @param promptLength P
     * @param count G
     * @param longest rows of the longest continuation
     * @param rows of all continuations
     */
    public record Group(int promptLength, int count, int longest, int rows) {
        /** A prompt alone. */
        public static Group of(int promptLength) {
            return new Group(promptLength, 0, 0, 0);
        }

        /** The same with one continuation more. */
        public Group with(int continuationRows) {
            return new Group(promptLength, count + 1, Math.max(longest, continuationRows), rows + continuationRows);
        }
    }

    /** Of a packed batch. */
    public static BatchShape of(PackedBatch batch) {
        BatchShape shape = EMPTY;
        for (PackedBatch.Group group : batch.groups()) {
            Group sizes = Group.of(group.promptLength());
            for (int length : group.lengths()) {
                sizes = sizes.with(length);
            }
            shape = shape.plus(sizes);
        }
        return shape;
    }

    /** Of tokens whose attention keeps nothing. */
    static BatchShape ofTokens(int rows) {
        return new BatchShape(rows, 0, 0, 0, 0, 0);
    }

    /** The same with one group more. */
    public BatchShape plus(Group group) {
        long p = group.promptLength;
        long t = group.longest;
        long continuations = group.count * t;
        return new BatchShape(
                rows + p + group.rows,
                keyTokens + p + continuations,
                scores + p * p + continuations * (p + t),
                Math.max(promptScores, p * p),
                Math.max(continuationScores, continuations * (p + t)),
                groups + 1);
    }
}
