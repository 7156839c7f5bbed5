package dev.wst.metrics;

import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.Validation;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line that is written over after every step: how far, how well, how fast, how long still. */
public final class ConsoleProgress implements TrainingListener {
    private final PrintStream out;
    private final InstantSource clock;
    private @Nullable Instant start;
    private int steps;
    private double lastTokens;

    public ConsoleProgress(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void onStart(int count) {
        steps = count;
        start = clock.instant();
    }

    @Override
    public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
        double tokens = metrics.values().getOrDefault("num_tokens", 0.0);
        double seconds = metrics.values().getOrDefault("step_time", 0.0);
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "\rstep %d/%d  reward %s", metrics.step(), steps, number(metrics, "reward")));
        if (metrics.values().containsKey("objective/kl")) {
            line.append("  kl ").append(number(metrics, "objective/kl"));
        } else if (metrics.values().containsKey("kl")) {
            line.append("  kl ").append(number(metrics, "kl"));
        }
        if (seconds > 0) {
            line.append(String.format(Locale.ROOT, "  %.0f tokens/s", (tokens - lastTokens) / seconds));
        }
        lastTokens = tokens;
        line.append("  ").append(left(metrics.step())).append(" left   ");
        out.print(line);
        out.flush();
    }

    private static String number(StepMetrics metrics, String name) {
        Double value = metrics.values().get(name);
        return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }

    private String left(int done) {
        if (start == null) {
            return "?";
        }
        Duration rest =
                Duration.between(start, clock.instant()).dividedBy(done).multipliedBy(Math.max(0, steps - done));
        return String.format(Locale.ROOT, "%d:%02d", rest.toMinutes(), rest.toSecondsPart());
    }

    @Override
    public void onValidation(Validation validation) {
        out.printf(
                Locale.ROOT,
                "\rvalidation after step %d: mean reward %s over %d questions%s%n",
                validation.step(),
                validation.meanReward().isPresent()
                        ? String.format(
                                Locale.ROOT, "%.3f", validation.meanReward().getAsDouble())
                        : "unknown",
                validation.rollouts().size(),
                validation.unscored() == 0 ? "" : ", " + validation.unscored() + " without a verdict");
    }

    @Override
    public void onEnd(TrainingReport report) {
        out.println(report.interrupted() ? "\ninterrupted" : "");
    }
}
