package dev.wst.evaluation;

import dev.wst.Rollout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why rollouts have no verdict. */
public final class Unscored {
    private Unscored() {}

    /** The most frequent reason and how often it came, as {@code (3 times): no answer: ...}; empty if all are scored. */
    public static Optional<String> mostFrequent(List<Rollout> rollouts) {
        return rollouts.stream()
                .filter(rollout -> !rollout.reward().isScored())
                .collect(Collectors.groupingBy(rollout -> rollout.reward().reason(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(most -> "(" + most.getValue() + " times): " + most.getKey());
    }
}
