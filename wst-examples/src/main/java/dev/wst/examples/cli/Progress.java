package dev.wst.examples.cli;

import dev.wst.TrainingListener;
import dev.wst.metrics.ConsoleProgress;
import dev.wst.metrics.PlainProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import picocli.CommandLine;

/** How a training run is shown: one line written over on a terminal, plain lines elsewhere and where NO_COLOR is set. */
final class Progress {
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);

    private Progress() {}

    static TrainingListener on(PrintStream out) {
        return CommandLine.Help.Ansi.AUTO.enabled()
                ? new ConsoleProgress(out, InstantSource.system())
                : new PlainProgress(out::println, InstantSource.system(), PLAIN_EVERY);
    }
}
