package dev.wst;

import java.util.Objects;

/**
 * One try at one task: an instruction, in its situation, and what the student answered. This is what a reward judges.
 *
 * <pre>{@code
 * Attempt attempt = Attempt.of(Task.of("1", "What is 6 times 7?", "42"), Instruction.fixed("Work it out."), Answer.of("42"));
 * }</pre>
 */
public record Attempt(Advice advice, Answer answer) {
    public Attempt {
        Objects.requireNonNull(advice, "advice");
        Objects.requireNonNull(answer, "answer");
    }

    /** A first try. */
    public static Attempt of(Task task, Instruction instruction, Answer answer) {
        return Advice.of(task, instruction).answered(answer);
    }

    public Situation situation() {
        return advice.situation();
    }

    public Task task() {
        return situation().task();
    }

    /** Which of the G samples of its task it is, from 0. */
    public int sample() {
        return situation().sample();
    }

    public Instruction instruction() {
        return advice.instruction();
    }

    /** Which one it is, for messages and logs: "task ID, sample N". */
    public String name() {
        return situation().name();
    }
}
