package dev.wst.metrics;

import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.Validation;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;

/** One line that is written over after every step, for a terminal: how far, how well, how fast, how long still. */
final class ConsoleProgress implements TrainingListener {
    private final PrintStream out;
    private final InstantSource clock;
    private OptionalDouble tokens = OptionalDouble.of(0);
    private ProgressText text;
    private int longest;

    ConsoleProgress(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.text = new ProgressText(clock, 0, tokens);
    }

    @Override
    public void onResume(List<StepMetrics> made, List<Validation> validations) {
        tokens = ProgressText.tokens(made);
    }

    @Override
    public void onStart(int steps) {
        text = new ProgressText(clock, steps, tokens);
    }

    @Override
    public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
        print(text.step(metrics, rollouts));
        out.flush();
    }

    /** Over the line before, and blanks over what is left of it. */
    private void print(String line) {
        out.print("\r" + line + " ".repeat(Math.max(0, longest - line.length())));
        longest = Math.max(longest, line.length());
    }

    @Override
    public void onValidation(Validation validation) {
        print(ProgressText.validation(validation));
        out.println();
        longest = 0;
    }

    @Override
    public void onEnd(TrainingReport report) {
        out.println(report.interrupted() ? "\ninterrupted" : "");
        report.transfer().forEach(out::println);
    }
}
