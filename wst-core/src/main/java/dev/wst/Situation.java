package dev.wst;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A task and what was tried at it so far: what a teacher reads before it writes. Most runs have one try; with several, the
 * teacher sees the earlier drafts.
 *
 * <pre>{@code
 * Attempt first = Attempt.of(task, Instruction.fixed("Work it out."), Answer.of("41"));
 * Situation situation = Situation.of(task, 0).after(first);
 * }</pre>
 *
 * @param task the question
 * @param sample which of the G samples of this task it is, from 0
 * @param earlier attempts before this one, in order; empty before the teacher wrote
 */
public record Situation(Task task, int sample, List<Attempt> earlier) {
    /** From a sample's own number to those of its further answers: no group has so many samples. */
    private static final int STRIDE = 1 << 20;

    public Situation {
        Objects.requireNonNull(task, "task");
        if (sample < 0) {
            throw new IllegalArgumentException("sample must be at least 0, got " + sample);
        }
        earlier = List.copyOf(earlier);
    }

    /** A task at which nothing was tried yet. */
    public static Situation of(Task task, int sample) {
        return new Situation(task, sample, List.of());
    }

    /** This situation after one more attempt in it. */
    public Situation after(Attempt attempt) {
        List<Attempt> more = new ArrayList<>(earlier);
        more.add(attempt);
        return new Situation(task, sample, more);
    }

    /**
     * This situation for a further answer to the same instruction: under a number of its own, so that where answers are kept
     * each has its place, sample + number * 2^20.
     *
     * @param number which answer, from 0; 0 is this situation
     */
    public Situation again(int number) {
        return number == 0
                ? this
                : new Situation(task, Math.addExact(sample, Math.multiplyExact(number, STRIDE)), earlier);
    }

    /** Which one it is, for messages and logs: "task ID, sample N". */
    public String name() {
        return "task " + task.id() + ", sample " + sample;
    }
}
