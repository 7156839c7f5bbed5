package dev.wst.diagnosis;

import dev.wst.diagnosis.History.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a guard in the reward found.
 *
 * @param part of the reward that says so, 1 for each attempt in which it found something
 * @param share of the attempts
 */
record Guarded(String part, double share) {
    private static final String BEFORE = "rewards/";
    private static final String BEHIND = "/mean";

    /** The one of these guards that found the most; empty where none of them guards the reward, or there are no steps. */
    static Optional<Guarded> worst(List<Step> steps, List<String> guards) {
        TreeSet<String> names = new TreeSet<>();
        steps.forEach(step -> names.addAll(step.metrics().values().keySet()));
        return names.stream()
                .filter(name -> name.startsWith(BEFORE) && name.endsWith(BEHIND))
                .map(name -> name.substring(BEFORE.length(), name.length() - BEHIND.length()))
                .filter(part -> guards.contains(part.substring(part.lastIndexOf('/') + 1)))
                .map(part -> new Guarded(part, share(steps, BEFORE + part + BEHIND)))
                .max(Comparator.comparingDouble(Guarded::share));
    }

    /** Steps in which a guard inspected nothing are left out. */
    private static double share(List<Step> steps, String metric) {
        List<Double> values = new ArrayList<>();
        steps.forEach(step -> step.value(metric).ifPresent(values::add));
        return values.stream().mapToDouble(v -> v).average().orElse(0);
    }

    String text(int steps) {
        return String.format(
                Locale.ROOT, "%s found something in %.1f %% of the attempts of %d steps", part, 100 * share, steps);
    }
}
