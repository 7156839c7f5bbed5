package dev.wst.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means of numbers that come several times in a step. */
final class Averages {
    private final Map<String, double[]> sums = new LinkedHashMap<>();

    void add(String name, double value) {
        double[] sum = sums.computeIfAbsent(name, key -> new double[2]);
        sum[0] += value;
        sum[1]++;
    }

    void addAll(Map<String, Double> values) {
        values.forEach(this::add);
    }

    Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum[0] / sum[1]));
        return means;
    }
}
