package dev.wst.examples.cli;

import dev.wst.diagnosis.Diagnosis;
import dev.wst.diagnosis.Symptom;
import dev.wst.metrics.RunReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what is wrong with a run, to a person and to a build server. */
@Command(
        name = "audit",
        description = "Looks for known ways in which training goes wrong, in a run that has ended or is under way.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing, or only warnings, or what has passed",
            "1:the run cannot be read",
            "2:the command line is wrong",
            "3:training goes on and teaches nothing",
            "4:the reward is earned by something that it was not meant for"
        })
public final class AuditCommand implements Callable<Integer> {
    private static final int NO_LEARNING = 3;
    private static final int CHEATING = 4;

    @Parameters(paramLabel = "RUN", description = "directory of the run")
    private Path run = Path.of("");

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        Diagnosis diagnosis = Diagnosis.of(RunReader.open(run));
        out.println(run + ", " + diagnosis.steps() + " steps: "
                + (diagnosis.findings().isEmpty()
                        ? "nothing found"
                        : diagnosis.findings().size() + " found"));
        diagnosis
                .findings()
                .forEach(finding -> out.println(
                        "  " + (diagnosis.standing().contains(finding) ? label(finding.symptom()) : "passed") + ": "
                                + finding));
        return diagnosis.severity().map(AuditCommand::code).orElse(0);
    }

    private static String label(Symptom symptom) {
        return switch (symptom.severity()) {
            case CHEATING -> "CHEATING";
            case NO_LEARNING -> "NO LEARNING";
            case WARNING -> "warning";
        };
    }

    private static int code(Symptom.Severity worst) {
        return switch (worst) {
            case CHEATING -> CHEATING;
            case NO_LEARNING -> NO_LEARNING;
            case WARNING -> 0;
        };
    }
}
