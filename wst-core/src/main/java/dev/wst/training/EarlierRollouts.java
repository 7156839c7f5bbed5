package dev.wst.training;

import dev.wst.Rollout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What the last steps learned from, to be learned from again. */
final class EarlierRollouts {
    private final int steps;
    private final Deque<List<Rollout>> newestFirst = new ArrayDeque<>();

    /** @param steps how many are kept; may be 0 */
    EarlierRollouts(int steps) {
        this.steps = steps;
    }

    /** Those of the step that has ended. */
    void add(List<Rollout> scored) {
        newestFirst.addFirst(scored);
        if (newestFirst.size() > steps) {
            newestFirst.removeLast();
        }
    }

    /** Step by step, the last one first. */
    List<List<Rollout>> newestFirst() {
        return List.copyOf(newestFirst);
    }
}
