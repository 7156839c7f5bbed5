package dev.wst;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One try at one task: the task and the turns so far. It starts without turns; each {@link Advice} that is answered adds
 * one. Most runs have a single turn; with several, the teacher reads the earlier drafts before it writes again.
 *
 * @param task the question
 * @param sample which of the G tries at this task it is, from 0
 * @param turns in order; empty before the teacher wrote
 */
public record Attempt(Task task, int sample, List<Turn> turns) {

    public Attempt {
        Objects.requireNonNull(task, "task");
        if (sample < 0) {
            throw new IllegalArgumentException("sample must be at least 0, got " + sample);
        }
        turns = List.copyOf(turns);
    }

    /** A try that has not begun. */
    public static Attempt at(Task task, int sample) {
        return new Attempt(task, sample, List.of());
    }

    /** This try with one more turn. */
    public Attempt with(Turn turn) {
        List<Turn> longer = new ArrayList<>(turns);
        longer.add(turn);
        return new Attempt(task, sample, longer);
    }

    /**
     * The instruction of the last turn.
     *
     * @throws IllegalStateException before the first turn
     */
    public Instruction instruction() {
        return lastTurn().instruction();
    }

    /**
     * The answer of the last turn: the one that is scored.
     *
     * @throws IllegalStateException before the first turn
     */
    public Answer answer() {
        return lastTurn().answer();
    }

    private Turn lastTurn() {
        if (turns.isEmpty()) {
            throw new IllegalStateException("the attempt at task " + task.id() + " has no turn yet");
        }
        return turns.get(turns.size() - 1);
    }
}
