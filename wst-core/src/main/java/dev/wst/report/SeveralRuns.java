package dev.wst.report;

import dev.wst.metrics.RunReader;
import java.nio.file.Path;
import java.util.List;

/**
 * Several runs side by side: what they came to, in what their configurations differ, their curves in one drawing; of two, the
 * questions for which their teachers write different instructions.
 *
 * <pre>{@code
 * SeveralRuns runs = SeveralRuns.of(List.of(
 *         RunReader.open(Path.of("runs/ppo")), RunReader.open(Path.of("runs/grpo"))));
 * runs.write(Path.of("ppo-and-grpo.html"));
 * }</pre>
 */
public final class SeveralRuns {
    private final Document document;

    private SeveralRuns(Document document) {
        this.document = document;
    }

    /**
     * Reads the runs.
     *
     * @throws IllegalArgumentException if there are fewer than two
     * @throws dev.wst.InvalidInputException if a file of a directory is missing or damaged
     */
    public static SeveralRuns of(List<RunReader> runs) {
        if (runs.size() < 2) {
            throw new IllegalArgumentException(
                    "runs are compared with each other: at least two are needed, got " + runs.size());
        }
        return new SeveralRuns(RunsDocument.of(runs.stream().map(RunFacts::of).toList()));
    }

    /** A whole page. */
    public String html() {
        return HtmlText.of(document);
    }

    /** The same as Markdown. */
    public String markdown() {
        return MarkdownText.of(document);
    }

    /**
     * Writes the page, over an older one.
     *
     * @return the file
     * @throws dev.wst.EnvironmentException if it cannot be written
     */
    public Path write(Path file) {
        return TeachingReport.write(file, html());
    }
}
