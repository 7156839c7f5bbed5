package dev.wst.report;

import dev.wst.EnvironmentException;
import dev.wst.files.AtomicFile;
import dev.wst.metrics.RunReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run came to, for a person who was not there: whether it helped and by how much, how it went, what the teacher now writes, what
 * it cost and what is wrong with it. One HTML file that needs nothing else, the same as Markdown, and as JSON for programs. A run that
 * is under way, was killed or failed has one too.
 *
 * <pre>{@code
 * Path page = TeachingReport.of(RunReader.open(Path.of("runs/first"))).write();
 * System.out.println("open " + page);
 * }</pre>
 *
 * <p>Texts of models are shown as texts: the page runs no script whatever stands in them.
 */
public final class TeachingReport {
    private final Path directory;
    private final RunFacts run;
    private final Optional<String> command;

    private TeachingReport(Path directory, RunFacts run, Optional<String> command) {
        this.directory = directory;
        this.run = run;
        this.command = command;
    }

    /**
     * Reads the run.
     *
     * @throws dev.wst.InvalidInputException if a file of its directory is missing or damaged
     */
    public static TeachingReport of(RunReader run) {
        return new TeachingReport(run.path(), RunFacts.of(run), Optional.empty());
    }

    /** The same with the command line that makes the run again. */
    public TeachingReport madeBy(String commandLine) {
        return new TeachingReport(directory, run, Optional.of(commandLine));
    }

    /** A whole page. */
    public String html() {
        return HtmlText.of(RunDocument.of(run, command));
    }

    /** The same as Markdown, with a few points of each curve. */
    public String markdown() {
        return MarkdownText.of(RunDocument.of(run, command));
    }

    /** The numbers and texts behind it. */
    public String json() {
        return JsonText.of(run);
    }

    /**
     * Writes report.html, report.md and report-data.json into the run's directory, over older ones.
     *
     * @return the page
     * @throws EnvironmentException if they cannot be written
     */
    public Path write() {
        write(directory.resolve("report-data.json"), json());
        write(directory.resolve("report.md"), markdown());
        return write(directory.resolve("report.html"), html());
    }

    static Path write(Path file, String text) {
        try {
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
            return file;
        } catch (IOException e) {
            throw new EnvironmentException("the report " + file + " cannot be written: " + e, e);
        }
    }
}
