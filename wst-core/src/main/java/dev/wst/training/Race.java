package dev.wst.training;

import com.google.common.primitives.Doubles;
import dev.wst.Seed;
import dev.wst.rl.Deviation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * Given instructions that are tried side by side, and those that are left of them: one is out when its mean reward is lower than that of
 * another by more than chance explains (racing: Maron and Moore, Hoeffding races, NIPS 1993; here by the normal approximation with the
 * variance that all have in common, one-sided 90 %).
 */
final class Race {
    /** Of the standard normal distribution, 90 %. */
    private static final double CHANCE = 1.2816;

    private final Map<String, List<Double>> rewards = new LinkedHashMap<>();
    private final List<String> left;

    Race(List<String> instructions) {
        left = new ArrayList<>(instructions);
        instructions.forEach(one -> rewards.put(one, new ArrayList<>()));
    }

    /** In the order that they were given in. */
    List<String> left() {
        return List.copyOf(left);
    }

    /**
     * Those that are tried for one task, no two alike and at most half of its samples.
     *
     * @param samples G, of the task
     */
    List<String> tried(int samples, Seed seed) {
        return Arrays.stream(seed.order(left.size()))
                .limit(samples / 2)
                .mapToObj(left::get)
                .toList();
    }

    /** What one earned for one task. */
    void earned(String instruction, double reward) {
        values(instruction).add(reward);
    }

    /** Takes out those that are shown to be worse than another. */
    void decide() {
        List<List<Double>> tried =
                rewards.values().stream().filter(one -> !one.isEmpty()).toList();
        double variance = variance(tried);
        List<String> worse = left.stream()
                .filter(one -> left.stream().anyMatch(other -> isBetter(values(other), values(one), variance)))
                .toList();
        left.removeAll(worse);
    }

    private List<Double> values(String instruction) {
        return Objects.requireNonNull(rewards.get(instruction), "one that was not given");
    }

    private static boolean isBetter(List<Double> one, List<Double> other, double variance) {
        return !one.isEmpty()
                && !other.isEmpty()
                && mean(one) - mean(other) > CHANCE * Math.sqrt(variance * (1.0 / one.size() + 1.0 / other.size()));
    }

    /**
     * Of rewards about the mean of their instruction. A pair as far apart as any two are counts as seen beside them: a few that are equal by
     * chance would leave nothing to chance.
     */
    private static double variance(List<List<Double>> tried) {
        double[] all = tried.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .toArray();
        double range = DoubleStream.of(all).max().orElse(0)
                - DoubleStream.of(all).min().orElse(0);
        double squares = tried.stream()
                .mapToDouble(one -> (one.size() - 1) * Math.pow(Deviation.of(Doubles.toArray(one)), 2))
                .sum();
        return (squares + range * range / 2) / (all.length - tried.size() + 1);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
