package dev.wst.examples.cli;

import dev.wst.metrics.RunReader;
import dev.wst.report.SeveralRuns;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what a run came to, or several side by side. */
@Command(
        name = "report",
        description = {
            "Of one run, also one that is under way: writes report.html, report.md and report-data.json into its directory.",
            "Of several: writes one page with their outcomes, differences and curves, and of two the questions that their"
                    + " teachers give different instructions for."
        },
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
    private static final String PAGE = "runs.html";

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "directories of runs")
    private List<Path> runs = List.of();

    @Option(names = "--to", paramLabel = "FILE", description = "the page of several runs; default " + PAGE)
    private Optional<Path> to = Optional.empty();

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        if (runs.size() == 1) {
            new Unheard().with("--to", to).refuseWithout("a report of several runs");
        }
        List<RunReader> opened = runs.stream().map(RunReader::open).toList();
        Path page = opened.size() == 1
                ? Reports.of(opened.get(0)).write()
                : SeveralRuns.of(opened).write(to.orElse(Path.of(PAGE)));
        out.println("Open " + page.toAbsolutePath());
        return 0;
    }
}
