package dev.wst.engine.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Neighbouring prompts that begin alike, so that their beginning is read once. Chats of one application nearly always do:
 * the system message, worked examples, or one question under several instructions.
 *
 * @param prompts the prompts of the group, at least one
 * @param shared P, tokens that all of them begin with; fewer than the shortest has, and all tokens of a prompt on its own
 */
record PrefixGroup(List<int[]> prompts, int shared) {
    /** Below this a common beginning saves less than its own attention calls cost. */
    private static final int WORTHWHILE = 8;

    /**
     * Groups neighbours as long as each further member saves rows.
     *
     * @param maxRows a group takes no more rows than this, unless a single prompt does
     */
    static List<PrefixGroup> of(List<int[]> prompts, int maxRows) {
        List<PrefixGroup> groups = new ArrayList<>();
        int from = 0;
        while (from < prompts.size()) {
            int to = from + 1;
            int shared = prompts.get(from).length;
            int rows = shared;
            while (to < prompts.size()) {
                int common = common(prompts.get(from), prompts.get(to), shared);
                int members = to - from;
                int saved = members == 1 ? 0 : (members - 1) * shared;
                int rowsWith = rows + saved + prompts.get(to).length - members * common;
                if (common < WORTHWHILE || members * common <= saved || rowsWith > maxRows) {
                    break;
                }
                shared = common;
                rows = rowsWith;
                to++;
            }
            groups.add(new PrefixGroup(List.copyOf(prompts.subList(from, to)), shared));
            from = to;
        }
        return groups;
    }

    /** Tokens that two prompts begin with, at most {@code limit}, leaving each at least one of its own. */
    private static int common(int[] first, int[] second, int limit) {
        return alike(first, second, Math.min(limit, Math.min(first.length, second.length) - 1));
    }

    /** How many of the first {@code most} tokens of two texts, which both have, are the same until one is not. */
    static int alike(int[] first, int[] second, int most) {
        int different = Arrays.mismatch(first, 0, most, second, 0, most);
        return different < 0 ? most : different;
    }

    int rows() {
        return source().rows();
    }

    /** The group as a batch sees it: a continuation's last token has no row, so each gets one more that is never read. */
    PackedBatch.Source source() {
        if (prompts.size() == 1) {
            return new PackedBatch.Source(prompts.get(0), List.of());
        }
        List<int[]> rest = prompts.stream()
                .map(prompt -> Arrays.copyOfRange(prompt, shared, prompt.length + 1))
                .toList();
        return new PackedBatch.Source(Arrays.copyOf(prompts.get(0), shared), rest);
    }

    /** The packed row of each token of each prompt, where the group begins at {@code row}. */
    List<int[]> tokenRows(int row) {
        List<int[]> result = new ArrayList<>();
        int next = row + shared;
        for (int[] prompt : prompts) {
            int begin = next;
            result.add(IntStream.range(0, prompt.length)
                    .map(p -> p < shared ? row + p : begin + p - shared)
                    .toArray());
            next += prompt.length - shared;
        }
        return result;
    }
}
