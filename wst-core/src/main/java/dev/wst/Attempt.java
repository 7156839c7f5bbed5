package dev.wst;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One try at one task: an instruction, in its situation, and what the student answered. This is what a reward judges.
 *
 * <pre>{@code
 * Attempt attempt = Attempt.of(Task.of("1", "What is 6 times 7?", "42"), Instruction.fixed("Work it out."), Answer.of("42"));
 * }</pre>
 *
 * @param student the name of the one who answered, in a run with students by name; empty otherwise
 * @param number which of several answers of this student to the instruction it is, from 0; empty where there is one
 */
public record Attempt(Advice advice, Answer answer, Optional<String> student, OptionalInt number) {
    public Attempt {
        Objects.requireNonNull(advice, "advice");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(student, "student");
        Objects.requireNonNull(number, "number");
    }

    /** The only answer of the only student. */
    public Attempt(Advice advice, Answer answer) {
        this(advice, answer, Optional.empty(), OptionalInt.empty());
    }

    /** The same, as the answer of one of several students, or one of several answers. */
    public Attempt from(Optional<String> name, OptionalInt which) {
        return new Attempt(advice, answer, name, which);
    }

    /** A first try. */
    public static Attempt of(Task task, Instruction instruction, Answer answer) {
        return Advice.of(task, instruction).answered(answer);
    }

    /** The drafts before it, in order, and itself: every instruction and answer that led here. */
    public List<Attempt> withDrafts() {
        List<Attempt> all = new ArrayList<>(situation().earlier());
        all.add(this);
        return List.copyOf(all);
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

    /** Which one it is, for messages and logs: "task ID, sample N", then student and number where there are several. */
    public String name() {
        return situation().name()
                + student.map(name -> ", student " + name).orElse("")
                + (number.isPresent() ? ", answer " + number.getAsInt() : "");
    }
}
