package dev.wst.rewards.text;

import dev.wst.Task;

/** What the rewards that compare texts compare with. */
final class References {
    private References() {}

    /** @throws IllegalArgumentException if the task has no reference */
    static String of(Task task) {
        return task.reference()
                .orElseThrow(() -> new IllegalArgumentException("task " + task.id()
                        + " has no reference answer to compare with; give it one or use a reward that needs none"));
    }
}
