package dev.wst.examples;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The commands as a user gives them, and what they tell on the stream of errors. */
final class TriedCommand {
    private final StringWriter err = new StringWriter();

    /** Gives one, and returns its exit code. */
    int run(String... args) {
        return on(Main.commandLine()).execute(args);
    }

    /** The same of a command with options that several have. */
    int run(String command, List<String> common, String... more) {
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(common);
        args.addAll(List.of(more));
        return run(args.toArray(new String[0]));
    }

    /** Has a command line tell its errors here. */
    CommandLine on(CommandLine line) {
        return line.setErr(new PrintWriter(err, true));
    }

    /** All errors since the last {@link #forget}. */
    String told() {
        return err.toString();
    }

    void forget() {
        err.getBuffer().setLength(0);
    }
}
