package dev.wst.rl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Means and variances of metrics that are measured several times in a step. */
final class Averages {
    private final Map<String, List<Double>> numbers = new LinkedHashMap<>();

    void add(String name, double value) {
        numbers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    void addAll(Map<String, Double> values) {
        values.forEach(this::add);
    }

    Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>();
        numbers.forEach((name, values) -> means.put(name, mean(values)));
        return means;
    }

    /** Bessel-corrected variance of what came under a name; empty for fewer than two numbers. */
    OptionalDouble variance(String name) {
        List<Double> values = numbers.getOrDefault(name, List.of());
        if (values.size() < 2) {
            return OptionalDouble.empty();
        }
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return OptionalDouble.of(squares / (values.size() - 1));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElseThrow();
    }
}
