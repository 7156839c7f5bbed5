package dev.wst.diagnosis;

import dev.wst.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** What tasks earn by the answer that is right for them, where few answers are right for all, as with labels. */
record ByReference(Map<String, List<Double>> rewards) {
    /** Tasks that one answer is right for; of fewer, all may be hard by chance. */
    private static final int TASKS = 10;
    /** Tasks that have such an answer; where others abound, answers are no labels. */
    private static final double LABELLED = 0.9;
    /** Nearly always right, and nearly never. */
    private static final double ALWAYS = 0.8;

    private static final double NEVER = 0.2;

    /** Of scored rollouts whose task has a reference. */
    static ByReference of(List<Rollout> rollouts) {
        Map<String, List<Double>> rewards = new TreeMap<>();
        for (Rollout one : rollouts) {
            if (one.reward().isScored()) {
                one.attempt()
                        .task()
                        .reference()
                        .ifPresent(right -> rewards.computeIfAbsent(right, answer -> new ArrayList<>())
                                .add(one.reward().value()));
            }
        }
        return new ByReference(rewards);
    }

    static ByReference sum(List<ByReference> all) {
        Map<String, List<Double>> rewards = new TreeMap<>();
        all.forEach(one -> one.rewards.forEach((right, values) ->
                rewards.computeIfAbsent(right, answer -> new ArrayList<>()).addAll(values)));
        return new ByReference(rewards);
    }

    /** That one answer is always right and others never, in words; nothing where it is not so. */
    Optional<String> onlyOne() {
        List<String> labels = rewards.keySet().stream()
                .filter(right -> values(right).size() >= TASKS)
                .toList();
        int all = rewards.values().stream().mapToInt(List::size).sum();
        int labelled = labels.stream().mapToInt(right -> values(right).size()).sum();
        double low = values().min().orElse(0);
        double high = values().max().orElse(0);
        if (labels.size() < 2 || labelled < LABELLED * all || high <= low) {
            return Optional.empty();
        }
        return labels.stream()
                .filter(right -> mean(right) >= low + ALWAYS * (high - low))
                .filter(right -> meanOfOthers(right) <= low + NEVER * (high - low))
                .findFirst()
                .map(right -> String.format(
                        Locale.ROOT,
                        "tasks whose right answer is \"%s\" earn %.3f, the %d others %.3f",
                        right,
                        mean(right),
                        all - values(right).size(),
                        meanOfOthers(right)));
    }

    private List<Double> values(String right) {
        return rewards.getOrDefault(right, List.of());
    }

    private DoubleStream values() {
        return rewards.values().stream().flatMap(List::stream).mapToDouble(v -> v);
    }

    private double mean(String right) {
        return values(right).stream().mapToDouble(v -> v).average().orElse(0);
    }

    private double meanOfOthers(String right) {
        return rewards.entrySet().stream()
                .filter(one -> !one.getKey().equals(right))
                .flatMap(one -> one.getValue().stream())
                .mapToDouble(v -> v)
                .average()
                .orElse(0);
    }
}
