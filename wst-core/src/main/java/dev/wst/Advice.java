package dev.wst;

import java.util.Objects;

/** An instruction and the situation it was written in: what the student is asked, and what the teacher is trained on. */
public record Advice(Situation situation, Instruction instruction) {
    public Advice {
        Objects.requireNonNull(situation, "situation");
        Objects.requireNonNull(instruction, "instruction");
    }

    /** An instruction for a task at which nothing was tried yet. */
    public static Advice of(Task task, Instruction instruction) {
        return new Advice(Situation.of(task, 0), instruction);
    }

    public Task task() {
        return situation.task();
    }

    /**
     * The same question for a further answer; see {@link Situation#again}.
     *
     * @param number which answer, from 0
     */
    public Advice again(int number) {
        return new Advice(situation.again(number), instruction);
    }

    /** With the answer to it. */
    public Attempt answered(Answer answer) {
        return new Attempt(this, answer);
    }
}
