package dev.wst.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.stat.descriptive.AggregateSummaryStatistics;
import org.apache.commons.math3.stat.descriptive.StatisticalSummary;

/** Whether the parts of a weighted reward all have a say. */
final class Parts {
    private static final int STEPS = 20;
    /** Of the deviations of all parts, each times its weight. */
    private static final double ALL = 0.95;

    private static final double NOTHING = 0.05;
    /** A part in the description of a weighted sum: its name, weight and the beginning of what it is. */
    private static final Pattern PART = Pattern.compile("[{,] ?([^={},]+)=(-?[0-9.]+(?:E-?[0-9]+)?) \\* (\\w*)");
    /** Rewards that are 0 where nothing is wrong. */
    private static final Pattern PENALTY = Pattern.compile("(?i).*(length|overlong|repetition|cost|penal).*");

    private Parts() {}

    private record Part(String name, double weight, StatisticalSummary values) {
        double deviation() {
            return Math.abs(weight) * values.getStandardDeviation();
        }

        /** In the lower half of what it was; a part that never varied, at nothing. */
        boolean isUnearned() {
            double sign = Math.signum(weight);
            return values.getMin() == values.getMax()
                    ? sign * values.getMean() <= 0
                    : sign * (values.getMean() - (values.getMin() + values.getMax()) / 2) <= 0;
        }
    }

    static Optional<Evidence> dominant(History history) {
        List<StepTexts> last = history.texts(STEPS);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        List<Part> parts = parts(history.reward(), last);
        double whole = parts.stream().mapToDouble(Part::deviation).sum();
        Optional<Part> widest = parts.stream().max(Comparator.comparingDouble(Part::deviation));
        if (widest.isEmpty() || whole <= 0 || widest.get().deviation() < ALL * whole) {
            return Optional.empty();
        }
        Part first = widest.get();
        return parts.stream()
                .filter(part -> Math.abs(part.weight()) >= Math.abs(first.weight()))
                .filter(part -> part.deviation() <= NOTHING * whole && part.isUnearned())
                .findFirst()
                .map(part -> new Evidence(
                        Instructions.from(history, STEPS),
                        String.format(
                                Locale.ROOT,
                                "over %d steps %s makes %.0f %% of the differences between rewards; %s, which weighs %s, has"
                                        + " a mean of %.3f and a deviation of %.3f",
                                STEPS,
                                first.name(),
                                100 * first.deviation() / whole,
                                part.name(),
                                part.weight(),
                                part.values().getMean(),
                                part.values().getStandardDeviation()),
                        List.of()));
    }

    /** Those that count and are no penalties. */
    private static List<Part> parts(String reward, List<StepTexts> steps) {
        TreeMap<String, List<StatisticalSummary>> values = new TreeMap<>();
        steps.forEach(step -> step.parts()
                .forEach((name, one) ->
                        values.computeIfAbsent(name, n -> new ArrayList<>()).add(one)));
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(reward);
        while (matcher.find()) {
            double weight = Double.parseDouble(matcher.group(2));
            List<StatisticalSummary> own = values.getOrDefault(matcher.group(1), List.of());
            if (!own.isEmpty()
                    && weight != 0
                    && !PENALTY.matcher(matcher.group(3)).matches()) {
                parts.add(new Part(matcher.group(1), weight, AggregateSummaryStatistics.aggregate(own)));
            }
        }
        return parts;
    }
}
