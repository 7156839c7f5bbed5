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
