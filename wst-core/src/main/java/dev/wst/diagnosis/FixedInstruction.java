package dev.wst.diagnosis;

import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a trained teacher is worth more than one instruction for all questions. */
final class FixedInstruction {
    private FixedInstruction() {}

    /** @param trained the trained teacher's arm */
    static Optional<Evidence> isAsGood(Comparison comparison, String trained, int step) {
        Optional<Comparison.Result> best = comparison.results().stream()
                .filter(result -> !result.name().equals(trained) && isFixed(result))
                .filter(result -> result.isScored() && comparison.isComparable(trained, result.name()))
                .max(Comparator.comparingDouble(result -> result.reward().mean()));
        if (best.isEmpty()) {
            return Optional.empty();
        }
        String name = best.get().name();
        Interval gain = comparison.difference(trained, name);
        if (gain.low() > 0) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                step,
                String.format(
                        Locale.ROOT,
                        "%s minus %s, on %d questions: %.3f [%.3f, %.3f]",
                        trained,
                        name,
                        gain.count(),
                        gain.mean(),
                        gain.low(),
                        gain.high()),
                List.of(best.get().rollouts().get(0).attempt().instruction().text())));
    }

    /** The same text for every question, and not none. */
    private static boolean isFixed(Comparison.Result result) {
        List<String> texts = result.rollouts().stream()
                .map(one -> one.attempt().instruction().text())
                .distinct()
                .toList();
        return texts.size() == 1 && !texts.get(0).isEmpty();
    }
}
