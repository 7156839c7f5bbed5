package dev.wst.rewards.text;

import dev.wst.Attempt;

/** Which text of an attempt a reward reads. */
public enum ScoredText {
    /** What the student answered. */
    ANSWER {
        @Override
        String of(Attempt attempt) {
            return attempt.answer().text();
        }
    },
    /** What the teacher wrote. */
    INSTRUCTION {
        @Override
        String of(Attempt attempt) {
            return attempt.instruction().text();
        }
    };

    abstract String of(Attempt attempt);
}
