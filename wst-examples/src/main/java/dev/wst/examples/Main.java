package dev.wst.examples;

import dev.wst.examples.bench.BenchCommand;
import dev.wst.examples.cli.AuditCommand;
import dev.wst.examples.cli.CompareCommand;
import dev.wst.examples.cli.EvaluateCommand;
import dev.wst.examples.cli.ExportCommand;
import dev.wst.examples.cli.QuickstartCommand;
import dev.wst.examples.cli.ReportCommand;
import dev.wst.examples.cli.RescoreCommand;
import dev.wst.examples.cli.ServeCommand;
import dev.wst.examples.cli.TrainCommand;
import dev.wst.examples.device.CheckDeviceCommand;
import dev.wst.examples.figures.FiguresCommand;
import dev.wst.examples.torture.TortureCommand;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "wst",
        description = "Teachers that learn to write instructions for frozen students.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            QuickstartCommand.class,
            TrainCommand.class,
            RescoreCommand.class,
            EvaluateCommand.class,
            ReportCommand.class,
            AuditCommand.class,
            CompareCommand.class,
            ExportCommand.class,
            ServeCommand.class,
            BenchCommand.class,
            CheckDeviceCommand.class,
            FiguresCommand.class,
            TortureCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs one command; the exit code is 0 if it succeeded. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** What went wrong is told in one line, and where to look in another. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        // What is given beside --resume wins over what the run was begun with.
        Objects.requireNonNull(line.getSubcommands().get("train")).setOverwrittenOptionsAllowed(true);
        return line.setExecutionExceptionHandler((error, command, parsed) -> failed(error, command))
                .setParameterExceptionHandler((error, arguments) -> misused(error));
    }

    private static int failed(Exception error, CommandLine command) throws Exception {
        if (Boolean.getBoolean("wst.trace")) {
            throw error;
        }
        command.getErr().println(command.getColorScheme().errorText(name(command) + ": " + message(error)));
        for (Throwable also : error.getSuppressed()) {
            command.getErr().println(command.getColorScheme().errorText("also: " + message(also)));
        }
        command.getErr().println("(-Dwst.trace=true shows where it came from)");
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static String message(Throwable error) {
        return error.getMessage() == null ? error.toString() : error.getMessage();
    }

    private static int misused(CommandLine.ParameterException thrown) {
        CommandLine.ParameterException error = mistyped(thrown);
        CommandLine command = error.getCommandLine();
        command.getErr().println(command.getColorScheme().errorText(name(command) + ": " + error.getMessage()));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(error, command.getErr())) {
            command.getErr().println("see: " + name(command) + " --help");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** An option that is missing because its name was mistyped stands on the line: that one is to be named. */
    private static CommandLine.ParameterException mistyped(CommandLine.ParameterException error) {
        List<String> unknown = error.getCommandLine().getUnmatchedArguments();
        return error instanceof CommandLine.MissingParameterException && !unknown.isEmpty()
                ? new CommandLine.UnmatchedArgumentException(error.getCommandLine(), unknown)
                : error;
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }
}
