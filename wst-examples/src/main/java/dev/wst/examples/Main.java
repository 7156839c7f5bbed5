package dev.wst.examples;

import dev.wst.examples.bench.BenchCommand;
import dev.wst.examples.cli.QuickstartCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "wst",
        description = "Teachers that learn to write instructions for frozen students.",
        mixinStandardHelpOptions = true,
        subcommands = {QuickstartCommand.class, BenchCommand.class})
public final class Main {
    private Main() {}

    /** Runs one command; the exit code is 0 if it succeeded. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
