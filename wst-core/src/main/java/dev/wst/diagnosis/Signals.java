package dev.wst.diagnosis;

import static dev.wst.diagnosis.History.mean;

import dev.wst.diagnosis.History.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether rewards differ where their differences teach. */
final class Signals {
    /** Steps from the first on: with eight tasks of eight samples, 640 rollouts of one reward. */
    private static final int FIRST = 10;
    /** Steps in a row later: a quarter of a short run. */
    private static final int LATER = 20;
    /** Rewards that are equal but for the last digits of their sums; TRL's closeness. */
    private static final double NONE = 1e-8;
    /** Of ten groups one teaches: nine tenths of what is paid for the student is lost. */
    private static final double MOST = 0.9;

    private Signals() {}

    static Optional<Evidence> none(History history) {
        if (!history.has(FIRST)) {
            return Optional.empty();
        }
        List<Step> last = history.has(LATER) ? history.last(LATER) : history.all();
        boolean isSilent =
                last.stream().allMatch(step -> step.value("reward_std").orElse(Double.MAX_VALUE) <= NONE);
        if (!isSilent || history.hasRisen(last)) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                last.get(0).number(),
                String.format(
                        Locale.ROOT,
                        "in each of %d steps all rewards were equal; their mean is %.3f",
                        last.size(),
                        mean(last, "reward").orElse(Double.NaN)),
                List.of()));
    }

    static Optional<Evidence> groups(History history) {
        List<Step> last = history.last(LATER);
        double without = mean(last, "frac_reward_zero_std").orElse(0);
        double spread = mean(last, "reward_std").orElse(0);
        if (history.hasCritic() || without < MOST || spread <= NONE || history.hasRisen(last)) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                last.get(0).number(),
                String.format(
                        Locale.ROOT,
                        "in %d steps %.0f %% of the groups had rewards that are all equal; the mean reward is %.3f",
                        last.size(),
                        100 * without,
                        mean(last, "reward").orElse(Double.NaN)),
                List.of()));
    }
}
