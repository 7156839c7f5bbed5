package dev.wst.examples;

import dev.wst.examples.bench.BenchCommand;
import dev.wst.examples.cli.EvaluateCommand;
import dev.wst.examples.cli.ExportCommand;
import dev.wst.examples.cli.QuickstartCommand;
import dev.wst.examples.cli.TrainCommand;
import dev.wst.examples.figures.FiguresCommand;
import dev.wst.examples.torture.TortureCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "wst",
        description = "Teachers that learn to write instructions for frozen students.",
        mixinStandardHelpOptions = true,
        subcommands = {
            QuickstartCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            ExportCommand.class,
            BenchCommand.class,
            FiguresCommand.class,
            TortureCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs one command; the exit code is 0 if it succeeded. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** A mistake of the user is told in one line; whoever needs the trace sets the system property wst.trace. */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((error, command, parsed) -> {
            if (Boolean.getBoolean("wst.trace")) {
                throw error;
            }
            command.getErr()
                    .println(command.getColorScheme()
                            .errorText("wst " + command.getCommandName() + ": " + error.getMessage()));
            return 1;
        });
    }
}
