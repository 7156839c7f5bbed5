package dev.wst.diagnosis;

import static dev.wst.diagnosis.History.mean;

import dev.wst.diagnosis.History.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What is wrong with the updates of teacher and critic. */
final class Policies {
    /** Nats a token: beyond it a policy writes what its reference would hardly ever have written. */
    private static final double SANE_KL = 2;

    private static final int FEW = 3;
    private static final int STEPS = 10;

    /** Nats a token: of such tokens 99 in 100 are the likeliest one. */
    private static final double SPENT = 0.05;
    /** Of the entropy at the beginning. */
    private static final double SHARE_LEFT = 0.1;

    private static final List<String> ENTROPY = List.of("policy/entropy_avg", "entropy");

    /** Where more than half of the tokens are held back, a step asks for much more than it may have. */
    private static final double CLIPPED = 0.5;
    /** A mean ratio is 1 but for what an update has moved; a tenth is half of the usual clip range. */
    private static final double RATIO = 0.1;

    private static final List<String> CLIP = List.of("policy/clipfrac_avg", "clip_ratio/region_mean");

    /** The mean square of a critic's error against the variance of the rewards: 1 is that of their mean. */
    private static final double GUESS = 1.5;
    /** What a critic has to learn from: less, and noise decides. */
    private static final double WIDE = 0.5;

    private static final int CRITIC_STEPS = 20;
    /** Before those: a critic that has just been made knows nothing yet. */
    private static final int CRITIC_BEGINS = 10;

    /** Nats a token: rounding to BF16 makes 0.01, to INT8 0.06 (DESIGN.md); a ratio needs less. */
    private static final double APART = 0.05;

    private Policies() {}

    static Optional<Evidence> divergence(History history) {
        List<Step> last = history.last(FEW);
        boolean isFar = !last.isEmpty() && last.stream().allMatch(step -> klOfToken(step) > SANE_KL);
        return isFar
                ? Optional.of(new Evidence(
                        last.get(0).number(),
                        String.format(
                                Locale.ROOT,
                                "the divergence from the untrained teacher is %.2f nats a token",
                                klOfToken(last.get(FEW - 1))),
                        List.of()))
                : Optional.empty();
    }

    private static double klOfToken(Step step) {
        double length = Math.max(1, step.value("completions/mean_length").orElse(1));
        return Math.max(step.value("kl").orElse(0), step.value("objective/kl").orElse(0) / length);
    }

    static Optional<Evidence> entropy(History history) {
        List<Step> last = history.last(STEPS);
        OptionalDouble now = mean(last, ENTROPY);
        OptionalDouble then = mean(history.first(), ENTROPY);
        if (now.isEmpty()
                || then.isEmpty()
                || now.getAsDouble() > SPENT
                || now.getAsDouble() > SHARE_LEFT * then.getAsDouble()
                || history.hasRisen(last)) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                last.get(0).number(),
                String.format(
                        Locale.ROOT,
                        "the entropy is %.3f nats a token over %d steps, %.3f at the beginning; the mean reward changed by"
                                + " %+.3f",
                        now.getAsDouble(),
                        STEPS,
                        then.getAsDouble(),
                        history.gain(last).orElse(Double.NaN)),
                List.of()));
    }

    static Optional<Evidence> ratio(History history) {
        List<Step> last = history.last(STEPS);
        double clipped = mean(last, CLIP).orElse(0);
        double ratio = mean(last, "val/ratio").orElse(1);
        if (clipped <= CLIPPED && Math.abs(ratio - 1) <= RATIO) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                last.get(0).number(),
                String.format(
                        Locale.ROOT,
                        "over %d steps %.0f %% of the tokens were clipped%s",
                        STEPS,
                        100 * clipped,
                        mean(last, "val/ratio").isPresent()
                                ? String.format(Locale.ROOT, ", and the mean ratio is %.3f", ratio)
                                : ""),
                List.of()));
    }

    /** Against what the rewards' mean would have for an error. PPO logs half the mean square of the critic's. */
    static Optional<Evidence> critic(History history) {
        List<Step> last = history.last(CRITIC_STEPS);
        double widest = Stream.concat(history.first().stream(), last.stream())
                .mapToDouble(step -> step.value("reward_std").orElse(0))
                .max()
                .orElse(0);
        List<Step> telling = last.stream()
                .filter(step -> step.value("reward_std").orElse(0) > WIDE * widest)
                .toList();
        OptionalDouble loss = mean(telling, "loss/value_avg");
        double variance = telling.stream()
                .mapToDouble(step -> Math.pow(step.value("reward_std").orElse(0), 2))
                .average()
                .orElse(0);
        if (!history.has(CRITIC_BEGINS + CRITIC_STEPS)
                || telling.size() < CRITIC_STEPS / 2
                || loss.isEmpty()
                || variance <= 0
                || 2 * loss.getAsDouble() <= GUESS * variance) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                last.get(0).number(),
                String.format(
                        Locale.ROOT,
                        "over %d steps the mean square of the critic's error is %.3g; that of the mean reward would be %.3g",
                        telling.size(),
                        2 * loss.getAsDouble(),
                        variance),
                List.of()));
    }

    static Optional<Evidence> sampling(History history) {
        List<Step> last = history.last(FEW);
        OptionalDouble apart = mean(last, "sampling/sampling_logp_difference/mean");
        if (apart.isEmpty() || apart.getAsDouble() <= APART) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                last.get(0).number(),
                String.format(
                        Locale.ROOT,
                        "log-probabilities when read are %.3f nats a token from those when drawn",
                        apart.getAsDouble()),
                List.of()));
    }
}
