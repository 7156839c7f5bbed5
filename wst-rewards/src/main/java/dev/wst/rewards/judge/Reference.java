package dev.wst.rewards.judge;

import dev.wst.Task;

/** The reference answer of a task, as a judge is shown it. */
final class Reference {
    static final String NAME = "reference answer";
    static final String CHARGE =
            "A reference answer is given, which is right; work out where the answer differs from it before you judge. ";

    private Reference() {}

    /** @throws IllegalArgumentException if the task has none */
    static String of(Task task) {
        return task.reference()
                .orElseThrow(() -> new IllegalArgumentException("task " + task.id()
                        + " has no reference answer for the judge; give it one or use a judge that needs none"));
    }
}
