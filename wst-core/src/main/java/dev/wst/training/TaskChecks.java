package dev.wst.training;

import dev.wst.Task;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tasks that make no sense together. */
final class TaskChecks {
    private static final String WHY = " what was trained on cannot measure what was learned";

    private TaskChecks() {}

    /** Tasks to train on. */
    static List<Task> training(List<Task> given) {
        if (given.isEmpty()) {
            throw new IllegalArgumentException("there are no tasks to train on");
        }
        requireUnique(given, "training");
        return List.copyOf(given);
    }

    static List<Task> validation(List<Task> given) {
        requireUnique(given, "validation");
        return List.copyOf(given);
    }

    private static void requireUnique(List<Task> list, String which) {
        Set<String> seen = new HashSet<>();
        for (Task task : list) {
            if (!seen.add(task.id())) {
                throw new IllegalArgumentException("two " + which + " tasks have the id " + task.id());
            }
        }
    }

    static void requireDisjoint(List<Task> training, List<Task> validation) {
        Set<String> ids = new HashSet<>();
        Map<String, String> prompts = new HashMap<>();
        for (Task task : training) {
            ids.add(task.id());
            prompts.put(task.prompt(), task.id());
        }
        for (Task task : validation) {
            if (ids.contains(task.id())) {
                throw new IllegalArgumentException("task " + task.id() + " is in both training and validation;" + WHY);
            }
            String same = prompts.get(task.prompt());
            if (same != null) {
                throw new IllegalArgumentException(
                        "task " + task.id() + " of validation asks what task " + same + " of training asks;" + WHY);
            }
        }
    }
}
