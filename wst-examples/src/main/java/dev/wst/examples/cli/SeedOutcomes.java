package dev.wst.examples.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/** What came out of the same run with several seeds: each, and their spread. A seed that failed is told of as failed. */
final class SeedOutcomes {
    private final Map<Long, Map<String, Double>> values = new TreeMap<>();
    private final Map<Long, String> failures = new TreeMap<>();

    /** @param numbers by name, such as the mean reward of an arm; those that there are */
    void ended(long seed, Map<String, Double> numbers) {
        values.put(seed, new LinkedHashMap<>(numbers));
    }

    void failed(long seed, Throwable cause) {
        failures.put(seed, cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }

    boolean hasFailures() {
        return !failures.isEmpty();
    }

    /** For each number its mean, standard deviation (n - 1), smallest and largest, then that of each seed. */
    void print(PrintStream out) {
        out.printf(
                "%d of %d seeds came to their end%s%n",
                values.size(), values.size() + failures.size(), failures.isEmpty() ? ":" : "; the others failed:");
        names().forEach(name -> printOne(out, name));
        failures.forEach((seed, message) -> out.println("  seed " + seed + " FAILED: " + message));
    }

    private Set<String> names() {
        return values.values().stream()
                .flatMap(numbers -> numbers.keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void printOne(PrintStream out, String name) {
        DescriptiveStatistics spread = new DescriptiveStatistics();
        List<String> each = new ArrayList<>();
        values.forEach((seed, numbers) -> {
            Double value = numbers.get(name);
            if (value != null) {
                spread.addValue(value);
            }
            each.add("seed " + seed + " " + (value == null ? "none" : String.format(Locale.ROOT, "%.3f", value)));
        });
        out.printf(
                Locale.ROOT,
                "  %s: mean %.3f, %s, from %.3f to %.3f%n    %s%n",
                name,
                spread.getMean(),
                spread.getN() < 2
                        ? "no standard deviation of one seed"
                        : String.format(Locale.ROOT, "standard deviation %.3f", spread.getStandardDeviation()),
                spread.getMin(),
                spread.getMax(),
                String.join(", ", each));
    }
}
