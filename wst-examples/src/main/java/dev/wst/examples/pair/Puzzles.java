package dev.wst.examples.pair;

import dev.wst.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws questions: those for training and those for measuring have no items in common. */
final class Puzzles {
    private Puzzles() {}

    /** Different questions, the kinds in turn. */
    static List<Task> draw(int count, boolean heldOut, long seed) {
        List<Kind> kinds = List.of(Kind.values());
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Task> tasks = new LinkedHashMap<>();
        while (tasks.size() < count) {
            Kind kind = kinds.get(tasks.size() % kinds.size());
            Puzzle puzzle = Puzzle.draw(kind, random);
            if (puzzle.isHeldOut() == heldOut) {
                tasks.putIfAbsent(puzzle.task().id(), puzzle.task());
            }
        }
        return List.copyOf(tasks.values());
    }
}
