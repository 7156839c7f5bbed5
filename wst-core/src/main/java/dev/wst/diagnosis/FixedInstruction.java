package dev.wst.diagnosis;

import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Interval;
import dev.wst.metrics.KeptComparison;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a trained teacher is worth more than one instruction for all questions. */
final class FixedInstruction {
    private FixedInstruction() {}

    /** @param step the last one of the run */
    static Optional<Evidence> isAsGood(KeptComparison kept, int step) {
        return kept.bestFixed()
                .filter(best -> kept.comparison().isComparable(kept.trained(), best.name()))
                .flatMap(best -> isAsGood(kept, best, step));
    }

    private static Optional<Evidence> isAsGood(KeptComparison kept, Comparison.Result best, int step) {
        Interval gain = kept.comparison().difference(kept.trained(), best.name());
        if (gain.low() > 0) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                step,
                String.format(
                        Locale.ROOT,
                        "%s minus %s, on %d questions: %.3f [%.3f, %.3f]",
                        kept.trained(),
                        best.name(),
                        gain.count(),
                        gain.mean(),
                        gain.low(),
                        gain.high()),
                List.of(best.rollouts().get(0).attempt().instruction().text())));
    }
}
