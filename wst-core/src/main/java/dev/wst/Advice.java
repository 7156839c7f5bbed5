package dev.wst;

import java.util.Objects;

/**
 * An instruction together with the situation it was written for: what the student is asked, and what the teacher is
 * trained on.
 *
 * @param soFar the task and the turns before this instruction
 */
public record Advice(Attempt soFar, Instruction instruction) {
    public Advice {
        Objects.requireNonNull(soFar, "soFar");
        Objects.requireNonNull(instruction, "instruction");
    }

    public Task task() {
        return soFar.task();
    }

    /** The attempt with this instruction and the answer to it as one more turn. */
    public Attempt answered(Answer answer) {
        return soFar.with(new Turn(instruction, answer));
    }
}
