package dev.wst.rewards.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs of n neighbours in a list. */
final class NGrams {
    private NGrams() {}

    /** How many runs of length n a list of that size has. */
    static int count(int size, int n) {
        return Math.max(0, size - n + 1);
    }

    /**
     * How many runs of length n both lists have, counted with repetitions. Only the runs of the second are held in memory, so
     * the first, which a student wrote, may be long.
     */
    static <T> int common(List<T> text, List<T> reference, int n) {
        Map<List<T>, Integer> left = new HashMap<>();
        for (int i = 0; i < count(reference.size(), n); i++) {
            left.merge(reference.subList(i, i + n), 1, Integer::sum);
        }
        int common = 0;
        for (int i = 0; i < count(text.size(), n) && !left.isEmpty(); i++) {
            Integer times = left.get(text.subList(i, i + n));
            if (times != null && times > 0) {
                left.put(text.subList(i, i + n), times - 1);
                common++;
            }
        }
        return common;
    }
}
