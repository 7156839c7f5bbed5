package dev.wst.serving;

import dev.wst.Attempt;
import dev.wst.Rollout;
import dev.wst.evaluation.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The questions of a validation that have a verdict with an instruction and one without, and what comes of teaching some of them. */
record BothWays(List<Pair> pairs) {

    /** A question both ways; the attempt is the one with an instruction. */
    record Pair(Attempt attempt, double taught, double alone) {
        boolean isHarmed() {
            return taught < alone;
        }
    }

    /**
     * Finds the rollouts that belong together.
     *
     * @throws IllegalArgumentException if a question has no counterpart or comes twice
     */
    static BothWays of(List<Rollout> taught, List<Rollout> alone) {
        Map<String, Rollout> byTask = new HashMap<>();
        for (Rollout rollout : alone) {
            String id = rollout.attempt().task().id();
            if (byTask.put(id, rollout) != null) {
                throw new IllegalArgumentException("task " + id
                        + " was answered twice without an instruction; give one rollout for each question");
            }
        }
        List<Pair> pairs = new ArrayList<>();
        for (Rollout rollout : taught) {
            String id = rollout.attempt().task().id();
            Rollout other = byTask.remove(id);
            if (other == null) {
                throw new IllegalArgumentException("task " + id
                        + " should be answered once with and once without an instruction, but has no rollout without");
            }
            if (rollout.reward().isScored() && other.reward().isScored()) {
                pairs.add(new Pair(
                        rollout.attempt(),
                        rollout.reward().value(),
                        other.reward().value()));
            }
        }
        return new BothWays(List.copyOf(pairs));
    }

    /** The share of all questions that are harmed if these are taught. */
    Interval harm(Predicate<Pair> isTaught, double level) {
        return Interval.of(
                pairs.stream()
                        .mapToDouble(pair -> isTaught.test(pair) && pair.isHarmed() ? 1 : 0)
                        .toArray(),
                level);
    }

    /** What the mean reward of all questions gains if these are taught. */
    Interval gain(Predicate<Pair> isTaught, double level) {
        return Interval.ofPairs(
                pairs.stream()
                        .mapToDouble(pair -> isTaught.test(pair) ? pair.taught : pair.alone)
                        .toArray(),
                pairs.stream().mapToDouble(Pair::alone).toArray(),
                level);
    }

    int count(Predicate<Pair> isTaught) {
        return (int) pairs.stream().filter(isTaught).count();
    }

    /**
     * How many of all questions may be harmed so that the upper end of their share stays at or under a bound; negative if not even
     * none, since there are too few questions.
     */
    int mostHarmed(double bound, double level) {
        int harmed = 0;
        while (harmed <= pairs.size() && highest(harmed, level) <= bound) {
            harmed++;
        }
        return harmed - 1;
    }

    private double highest(int harmed, double level) {
        if (pairs.isEmpty() || level >= 1) {
            return 1;
        }
        double[] each = new double[pairs.size()];
        Arrays.fill(each, 0, harmed, 1);
        return Interval.of(each, level).high();
    }

    /** @throws IllegalArgumentException if there are too few questions to tell even a harmless teacher from one that breaks a bound */
    void requireEnough(double bound, double level) {
        if (mostHarmed(bound, level) < 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d questions with verdicts both ways are too few: if none of them were harmed, a share of %.3f still could be,"
                            + " and the bound is %s; validate on more questions, or allow more harm",
                    pairs.size(),
                    highest(0, level),
                    bound));
        }
    }
}
