package dev.wst.examples.cli;

import dev.wst.TrainingListener;
import dev.wst.metrics.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import picocli.CommandLine;

/** How a training run is shown: one line written over on a terminal, plain lines elsewhere and where NO_COLOR is set. */
final class Display {
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);

    private Display() {}

    static TrainingListener on(PrintStream out) {
        return CommandLine.Help.Ansi.AUTO.enabled()
                ? Progress.terminal(out, InstantSource.system())
                : Progress.plain(out::println, InstantSource.system(), PLAIN_EVERY);
    }
}
