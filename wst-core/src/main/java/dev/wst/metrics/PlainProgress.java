package dev.wst.metrics;

import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.Validation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * One plain line for a step, for files, pipes and logs.
 */
final class PlainProgress implements TrainingListener {
    private final Consumer<String> out;
    private final InstantSource clock;
    private final Duration atMostEvery;
    private OptionalDouble tokens = OptionalDouble.of(0);
    private ProgressText text;
    private int steps;
    private Instant last = Instant.MIN;

    /** @param atMostEvery steps that follow the last line sooner get none, except the first and the last step */
    PlainProgress(Consumer<String> out, InstantSource clock, Duration atMostEvery) {
        this.out = out;
        this.clock = clock;
        this.atMostEvery = atMostEvery;
        this.text = new ProgressText(clock, 0, tokens);
    }

    @Override
    public void onResume(List<StepMetrics> made, List<Validation> validations) {
        tokens = ProgressText.tokens(made);
    }

    @Override
    public void onStart(int count) {
        steps = count;
        text = new ProgressText(clock, count, tokens);
    }

    @Override
    public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
        String line = text.step(metrics, rollouts);
        Instant now = clock.instant();
        if (metrics.step() == 1 || metrics.step() == steps || !now.isBefore(last.plus(atMostEvery))) {
            last = now;
            out.accept(line);
        }
    }

    @Override
    public void onValidation(Validation validation) {
        out.accept(ProgressText.validation(validation));
    }

    @Override
    public void onEnd(TrainingReport report) {
        if (report.interrupted()) {
            out.accept("interrupted after step " + report.steps().size());
        }
        report.transfer().forEach(one -> out.accept(one.toString()));
    }
}
