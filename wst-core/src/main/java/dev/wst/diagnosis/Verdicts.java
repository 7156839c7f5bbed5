package dev.wst.diagnosis;

import static dev.wst.diagnosis.History.mean;

import dev.wst.diagnosis.History.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** What is wrong with how judges judge. */
final class Verdicts {
    private static final int STEPS = 10;
    /** Verdicts on what was judged already; of fewer, one that differs says little. */
    private static final int REPEATED = 20;
    /** A judge of another mind one time in ten moves rewards as much as learning does in a step. */
    private static final double CONTRADICTED = 0.1;
    /** How often two orders of the same two answers get the same winner; a coin has a half. */
    private static final double AGREEMENT = 0.6;

    private static final String SPREAD = "/spread/mean";
    private static final String AGREED = "/agreement/mean";

    private Verdicts() {}

    static Optional<Evidence> contradictions(History history) {
        List<Step> last = history.last(STEPS);
        TreeSet<String> names = new TreeSet<>();
        last.forEach(step -> names.addAll(step.metrics().values().keySet()));
        Optional<String> agreed =
                names.stream().filter(name -> name.endsWith(AGREED)).findFirst();
        if (agreed.isPresent()) {
            // One that compares answers with each other may judge one answer differently in other company.
            return agreed.filter(name -> mean(last, name).orElse(1) < AGREEMENT)
                    .map(name -> evidence(
                            last,
                            "asked in both orders, it names the same of two answers in %.0f %% of the cases",
                            100 * mean(last, name).orElse(Double.NaN)));
        }
        return names.stream()
                .filter(name -> name.endsWith(SPREAD))
                .map(name -> name.substring(0, name.length() - SPREAD.length()))
                .flatMap(judge -> spread(last, judge).stream())
                .findFirst()
                .or(() -> repeated(history, last));
    }

    /** Votes on one answer that lie further apart than different answers do. */
    private static Optional<Evidence> spread(List<Step> last, String judge) {
        OptionalDouble within = mean(last, judge + SPREAD);
        OptionalDouble between = mean(last, judge + "/score/std");
        boolean isNoise = within.isPresent()
                && between.isPresent()
                && within.getAsDouble() > 0
                && within.getAsDouble() >= 2 * between.getAsDouble();
        return isNoise
                ? Optional.of(evidence(
                        last,
                        "votes on one answer span %.2f on average, and scores of different answers deviate by %.2f",
                        within.getAsDouble(),
                        between.getAsDouble()))
                : Optional.empty();
    }

    private static Optional<Evidence> repeated(History history, List<Step> last) {
        List<StepTexts> texts = history.texts(STEPS);
        int repeated = texts.stream().mapToInt(StepTexts::repeated).sum();
        int contradicted = texts.stream().mapToInt(StepTexts::contradicted).sum();
        return repeated >= REPEATED && contradicted >= CONTRADICTED * repeated
                ? Optional.of(evidence(
                        last,
                        "%d of %d verdicts on an answer that was judged before in its step are another",
                        contradicted,
                        repeated))
                : Optional.empty();
    }

    private static Evidence evidence(List<Step> last, String form, Object... numbers) {
        return new Evidence(last.get(0).number(), String.format(Locale.ROOT, form, numbers), List.of());
    }
}
