package dev.wst;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A finished attempt and its verdict. */
public record Rollout(Attempt attempt, Reward reward) {
    public Rollout {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(reward, "reward");
    }

    /**
     * One rollout for each instruction, with its mean reward: over the answers of a student that have a verdict, then over the
     * students. An instruction that one of its students left without any verdict has none: the mean over the others would
     * tell which student answered, and not what the instruction is worth. The attempt is the first whose answer arrived.
     *
     * @param rollouts those of one instruction one after another, as a run makes them; where there is one student and one
     *     answer, they come back as they are
     */
    public static List<Rollout> perInstruction(List<Rollout> rollouts) {
        return AnswersOfInstruction.in(rollouts).stream()
                .map(AnswersOfInstruction::mean)
                .toList();
    }

    /**
     * Why rollouts have no verdict: the most frequent reason and how often it came, as {@code (3 times): no answer: ...}; empty if
     * all are scored.
     */
    public static Optional<String> mostFrequentReason(List<Rollout> rollouts) {
        return rollouts.stream()
                .filter(rollout -> !rollout.reward().isScored())
                .collect(Collectors.groupingBy(rollout -> rollout.reward().reason(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(most -> "(" + most.getValue() + " times): " + most.getKey());
    }
}
