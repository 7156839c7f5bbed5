package dev.wst;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The teacher, greedy, on tasks it is not trained on.
 *
 * @param step after which it was made; 0 is before training
 * @param rollouts with the students that the teacher is trained with: one for each answer, in the order of the tasks
 * @param transfer the same with the students that it is only validated with; empty where there are none
 */
public record Validation(int step, List<Rollout> rollouts, List<Rollout> transfer) {
    public Validation {
        rollouts = List.copyOf(rollouts);
        transfer = List.copyOf(transfer);
    }

    /** With the students of training only. */
    public Validation(int step, List<Rollout> rollouts) {
        this(step, rollouts, List.of());
    }

    /**
     * Mean reward over the tasks that have one with the students of training (see {@link Rollout#perInstruction}); empty if none
     * has.
     */
    public OptionalDouble meanReward() {
        return mean(rollouts);
    }

    /** Mean reward with the student of this name alone; empty if no answer of it was scored. */
    public OptionalDouble meanReward(String student) {
        return mean(of(student));
    }

    /**
     * Those of several whose means can be compared: with a reward on at least half as many tasks as the one that has most. Of others the
     * mean is of other tasks, and none has one where nothing could be scored.
     *
     * @param all in any order, which stays
     */
    public static List<Validation> comparable(List<Validation> all) {
        int most = all.stream().mapToInt(Validation::scored).max().orElse(0);
        return all.stream()
                .filter(one -> one.scored() > 0 && 2 * one.scored() >= most)
                .toList();
    }

    /** The first of those with the highest mean reward among the {@link #comparable} ones; empty if none can be compared. */
    public static Optional<Validation> best(List<Validation> all) {
        return comparable(all).stream()
                .max(Comparator.comparingDouble(one -> one.meanReward().orElse(Double.NEGATIVE_INFINITY)));
    }

    /** Tasks that have a reward with the students of training. */
    public int scored() {
        return Math.toIntExact(scored(rollouts).count());
    }

    private static Stream<Rollout> scored(List<Rollout> some) {
        return Rollout.perInstruction(some).stream()
                .filter(rollout -> rollout.reward().isScored());
    }

    private static OptionalDouble mean(List<Rollout> some) {
        return scored(some).mapToDouble(rollout -> rollout.reward().value()).average();
    }

    /** The names of all students that have one: those of training, then the others. */
    public Set<String> students() {
        Set<String> names = new LinkedHashSet<>();
        all().forEach(rollout -> rollout.attempt().student().ifPresent(names::add));
        return names;
    }

    /** The rollouts with the student of this name. */
    public List<Rollout> of(String student) {
        return all().filter(rollout ->
                        rollout.attempt().student().filter(student::equals).isPresent())
                .toList();
    }

    private Stream<Rollout> all() {
        return Stream.concat(rollouts.stream(), transfer.stream());
    }

    /** How many answers with the students of training have no verdict. */
    public int unscored() {
        return unscored(rollouts);
    }

    /** How many answers of the student of this name have no verdict. */
    public int unscored(String student) {
        return unscored(of(student));
    }

    private static int unscored(List<Rollout> some) {
        return (int)
                some.stream().filter(rollout -> !rollout.reward().isScored()).count();
    }
}
