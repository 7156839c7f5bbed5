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
import java.util.stream.Stream;

/** How far, how well, how fast, at what cost, how long still, and what is missing: the text of a step and of a validation. */
final class ProgressText {
    private final InstantSource clock;
    private final Instant start;
    private final int steps;
    private int told;
    private OptionalDouble lastTokens;
    private long missing;

    /** @param tokens of the teacher before the first step that is told of; empty if unknown */
    ProgressText(InstantSource clock, int steps, OptionalDouble tokens) {
        this.clock = clock;
        this.start = clock.instant();
        this.steps = steps;
        this.lastTokens = tokens;
    }

    /** What the teacher's tokens were when a run that goes on had made these steps. */
    static OptionalDouble tokens(List<StepMetrics> made) {
        return made.isEmpty() ? OptionalDouble.of(0) : number(made.get(made.size() - 1), "num_tokens");
    }

    private static OptionalDouble number(StepMetrics metrics, String name) {
        Double value = metrics.values().get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    String step(StepMetrics metrics, List<Rollout> rollouts) {
        told++;
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "step %d/%d  reward %s", metrics.step(), steps, shown(metrics, "reward")));
        line.append(missing(rollouts));
        for (String name : List.of("objective/kl", "kl")) {
            if (metrics.values().containsKey(name)) {
                line.append("  kl ").append(shown(metrics, name));
                break;
            }
        }
        speed(metrics).ifPresent(speed -> line.append(String.format(Locale.ROOT, "  %.0f tokens/s", speed)));
        line.append(cost(metrics));
        missing += rollouts.stream().filter(r -> !r.reward().isScored()).count();
        if (missing > 0) {
            line.append("  ").append(missing).append(" missing so far");
        }
        return line.append("  ").append(left(metrics.step())).append(" left").toString();
    }

    private OptionalDouble speed(StepMetrics metrics) {
        OptionalDouble tokens = number(metrics, "num_tokens");
        double seconds = metrics.values().getOrDefault("step_time", 0.0);
        OptionalDouble before = lastTokens;
        lastTokens = tokens;
        return tokens.isPresent() && before.isPresent() && seconds > 0
                ? OptionalDouble.of((tokens.getAsDouble() - before.getAsDouble()) / seconds)
                : OptionalDouble.empty();
    }

    /** By everything that the budget bounds; where it bounds nothing, by money or, without prices, by calls. */
    private static String cost(StepMetrics metrics) {
        List<String> counts = Stream.of("calls", "tokens", "money")
                .filter(what -> metrics.values().containsKey("cost/" + what))
                .toList();
        List<String> bounded = counts.stream()
                .filter(what -> metrics.values().containsKey("budget/" + what))
                .toList();
        String only = counts.contains("money") ? "money" : "calls";
        StringBuilder text = new StringBuilder();
        for (String what :
                bounded.isEmpty() ? counts.stream().filter(only::equals).toList() : bounded) {
            text.append("  ").append(amount(metrics, "cost/" + what));
            if (metrics.values().containsKey("budget/" + what)) {
                text.append(" of ").append(amount(metrics, "budget/" + what));
            }
            text.append(what.equals("money") ? " paid" : " " + what);
        }
        return text.toString();
    }

    private static String amount(StepMetrics metrics, String name) {
        double value = metrics.value(name);
        return name.endsWith("/money")
                ? String.format(Locale.ROOT, "%.2f", value)
                : String.format(Locale.ROOT, "%.0f", value);
    }

    private static String shown(StepMetrics metrics, String name) {
        OptionalDouble value = number(metrics, name);
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3f", value.getAsDouble());
    }

    /** By the steps that were told of: those before a run was resumed took no time of this process. */
    private String left(int step) {
        Duration rest =
                Duration.between(start, clock.instant()).dividedBy(told).multipliedBy(Math.max(0, steps - step));
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
