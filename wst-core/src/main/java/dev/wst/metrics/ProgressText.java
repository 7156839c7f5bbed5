package dev.wst.metrics;

import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Validation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** How far, how well, how fast, how long still, and what is missing: the text of a step and of a validation. */
final class ProgressText {
    private final InstantSource clock;
    private final Instant start;
    private final int steps;
    private double lastTokens;

    ProgressText(InstantSource clock, int steps) {
        this.clock = clock;
        this.start = clock.instant();
        this.steps = steps;
    }

    String step(StepMetrics metrics, List<Rollout> rollouts) {
        double tokens = metrics.values().getOrDefault("num_tokens", 0.0);
        double seconds = metrics.values().getOrDefault("step_time", 0.0);
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "step %d/%d  reward %s", metrics.step(), steps, number(metrics, "reward")));
        line.append(missing(rollouts));
        for (String name : List.of("objective/kl", "kl")) {
            if (metrics.values().containsKey(name)) {
                line.append("  kl ").append(number(metrics, name));
                break;
            }
        }
        if (seconds > 0) {
            line.append(String.format(Locale.ROOT, "  %.0f tokens/s", (tokens - lastTokens) / seconds));
        }
        lastTokens = tokens;
        return line.append("  ").append(left(metrics.step())).append(" left").toString();
    }

    private static String number(StepMetrics metrics, String name) {
        Double value = metrics.values().get(name);
        return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }

    private String left(int done) {
        Duration rest =
                Duration.between(start, clock.instant()).dividedBy(done).multipliedBy(Math.max(0, steps - done));
        return String.format(Locale.ROOT, "%d:%02d", rest.toMinutes(), rest.toSecondsPart());
    }

    static String validation(Validation validation) {
        long scored = Rollout.perInstruction(validation.rollouts()).stream()
                .filter(r -> r.reward().isScored())
                .count();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "validation after step %d: mean reward %s over %d questions%s",
                validation.step(),
                number(validation.meanReward()),
                scored,
                missing(validation.rollouts())));
        for (String student : validation.students()) {
            text.append(", with ")
                    .append(student)
                    .append(' ')
                    .append(number(validation.meanReward(student)))
                    .append(missing(validation.of(student)));
        }
        return text.toString();
    }

    private static String number(OptionalDouble mean) {
        return mean.isPresent() ? String.format(Locale.ROOT, "%.3f", mean.getAsDouble()) : "unknown";
    }

    /** A mean over those that happened to be answered looks like a score; so what is missing stands beside it. */
    private static String missing(List<Rollout> rollouts) {
        long unanswered = rollouts.stream()
                .filter(r -> !r.attempt().answer().hasArrived())
                .count();
        long unscored = rollouts.stream().filter(r -> !r.reward().isScored()).count() - unanswered;
        if (unanswered + unscored == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder(" (missing: ");
        if (unanswered > 0) {
            text.append(unanswered).append(" of ").append(rollouts.size()).append(" without an answer");
        }
        if (unscored > 0) {
            text.append(unanswered > 0 ? ", " : "")
                    .append(unscored)
                    .append(" of ")
                    .append(rollouts.size())
                    .append(" without a verdict");
        }
        return text.append(")").toString();
    }
}
