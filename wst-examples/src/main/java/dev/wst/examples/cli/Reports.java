package dev.wst.examples.cli;

import dev.wst.metrics.RunReader;
import dev.wst.report.TeachingReport;
import java.util.List;
import java.util.stream.Collectors;

/** The report of a run, with the command line that makes it again where its directory has that. */
final class Reports {
    private static final String PROGRAM = "java -jar wst-examples.jar";

    private Reports() {}

    static TeachingReport of(RunReader run) {
        TeachingReport report = TeachingReport.of(run);
        List<String> line = SavedArguments.line(run.path());
        return line.isEmpty()
                ? report
                : report.madeBy(line.stream().map(Reports::quoted).collect(Collectors.joining(" ", PROGRAM + " ", "")));
    }

    /** As a shell of Unix reads it. */
    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_@%+=:,./-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
