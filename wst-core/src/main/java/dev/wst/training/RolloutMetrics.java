package dev.wst.training;

import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.rl.Deviation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What a step's rollouts show before any update, under TRL's names; what cannot be computed is left out. Rewards and lengths are
 * those of instructions; what is missing, and the parts of rewards, are those of answers.
 */
final class RolloutMetrics {
    private RolloutMetrics() {}

    static Map<String, Double> of(List<Rollout> rollouts) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        List<Rollout> instructions = Rollout.perInstruction(rollouts);
        List<Rollout> scored =
                instructions.stream().filter(r -> r.reward().isScored()).toList();
        metrics.put("rollouts/unscored", (double)
                rollouts.stream().filter(r -> !r.reward().isScored()).count());
        metrics.put("rollouts/failed_answers", (double) rollouts.stream()
                .filter(r -> !r.attempt().answer().hasArrived())
                .count());
        metrics.putAll(failures(rollouts));
        if (!scored.isEmpty()) {
            rewards(scored, metrics);
        }
        parts(rollouts, metrics);
        students(rollouts, metrics);
        lengths(instructions, metrics);
        return metrics;
    }

    /** How often each kind of failure occurred. */
    private static Map<String, Double> failures(List<Rollout> rollouts) {
        return rollouts.stream()
                .flatMap(r -> r.attempt().answer().failure().stream())
                .collect(Collectors.groupingBy(
                        failure -> "rollouts/failed_answers/"
                                + failure.kind().name().toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.summingDouble(failure -> 1)));
    }

    private static void rewards(List<Rollout> scored, Map<String, Double> metrics) {
        metrics.put("reward", mean(values(scored)));
        Collection<List<Rollout>> groups = scored.stream()
                .collect(Collectors.groupingBy(r -> r.attempt().task().id(), LinkedHashMap::new, Collectors.toList()))
                .values();
        metrics.put("reward_std", Deviation.of(values(scored).toArray()));
        metrics.put(
                "frac_reward_zero_std",
                mean(groups.stream().mapToDouble(g -> Deviation.isZero(values(g).toArray()) ? 1 : 0)));
    }

    /** Of unscored rollouts too: what was measured counts, whatever became of the reward. */
    private static void parts(List<Rollout> rollouts, Map<String, Double> metrics) {
        Map<String, List<Double>> parts = new TreeMap<>();
        for (Rollout r : rollouts) {
            Reward reward = r.reward();
            boolean whole = reward.isScored() && reward.parts().isEmpty();
            (whole ? Map.of("reward", reward.value()) : reward.parts())
                    .forEach((name, value) ->
                            parts.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
        }
        parts.forEach((name, values) -> {
            metrics.put("rewards/" + name + "/mean", mean(values.stream().mapToDouble(v -> v)));
            metrics.put(
                    "rewards/" + name + "/std",
                    Deviation.of(values.stream().mapToDouble(v -> v).toArray()));
        });
    }

    /** Over the scored answers of each student that has a name. */
    private static void students(List<Rollout> rollouts, Map<String, Double> metrics) {
        rollouts.stream()
                .filter(r -> r.reward().isScored() && r.attempt().student().isPresent())
                .collect(Collectors.groupingBy(
                        r -> r.attempt().student().orElseThrow(), LinkedHashMap::new, Collectors.toList()))
                .forEach((name, own) -> metrics.put("reward/" + name, mean(values(own))));
    }

    private static void lengths(List<Rollout> rollouts, Map<String, Double> metrics) {
        List<Instruction> written =
                rollouts.stream().map(r -> r.attempt().instruction()).toList();
        List<Instruction> ended = written.stream()
                .filter(i -> i.ending() == Instruction.Ending.STOP)
                .toList();
        metrics.put("completions/mean_length", mean(written.stream().mapToDouble(Instruction::tokenCount)));
        metrics.put(
                "completions/min_length",
                written.stream().mapToDouble(Instruction::tokenCount).min().orElse(0));
        metrics.put(
                "completions/max_length",
                written.stream().mapToDouble(Instruction::tokenCount).max().orElse(0));
        if (!ended.isEmpty()) {
            metrics.put(
                    "completions/mean_terminated_length", mean(ended.stream().mapToDouble(Instruction::tokenCount)));
            metrics.put(
                    "completions/min_terminated_length",
                    ended.stream().mapToDouble(Instruction::tokenCount).min().orElseThrow());
            metrics.put(
                    "completions/max_terminated_length",
                    ended.stream().mapToDouble(Instruction::tokenCount).max().orElseThrow());
        }
        metrics.put("completions/clipped_ratio", 1 - (double) ended.size() / written.size());
        metrics.put("val/num_eos_tokens", (double) ended.size());
    }

    private static DoubleStream values(List<Rollout> rollouts) {
        return rollouts.stream().mapToDouble(r -> r.reward().value());
    }

    private static double mean(DoubleStream values) {
        return values.average().orElse(0);
    }
}
