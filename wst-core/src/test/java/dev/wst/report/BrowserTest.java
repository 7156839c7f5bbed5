package dev.wst.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wst.Ending;
import dev.wst.metrics.RunReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a browser makes of a page with hostile and endless texts, where Chromium is installed. A page of the test's own shows the report
 * in a frame of some width and asks how wide it came out and what its title is: a script of a hostile text would have changed that.
 */
class BrowserTest {
    private static final Pattern MEASURED =
            Pattern.compile("data-width=\"(\\d+)\" data-title=\"([^\"]*)\" data-hidden=\"(\\d+)\"");
    private static final long SECONDS = 120;

    @TempDir
    Path directory;

    private String browser = "";

    @BeforeEach
    void find() {
        Optional<Path> found = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .map(place -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "there is no Chromium on the PATH to show a report with");
        browser = found.orElseThrow().toString();
    }

    private Path page() {
        RunReader run = new RecordedRun(directory.resolve("run"))
                .configured("reward", "x".repeat(300))
                .configured("teacher." + "y".repeat(200), "z".repeat(2000))
                .asking("w".repeat(400))
                .instructing((way, number) -> HostileTextsTest.HOSTILE.get(number % HostileTextsTest.HOSTILE.size()))
                .write(20, Map.of(0, 0.2, 20, 0.9), Optional.of(Ending.FINISHED));
        RecordedRun.compare(run.path(), 40, 0.2, 0.5, 0.9);
        return TeachingReport.of(run).write();
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--allow-file-access-from-files",
                "--user-data-dir=" + directory.resolve("profile")));
        command.addAll(List.of(arguments));
        Path printed = directory.resolve("printed.txt");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(printed, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 400, 320})
    void the_page_is_no_wider_than_its_window_and_runs_no_script(int width) throws Exception {
        Path frame = directory.resolve("frame.html");
        Files.writeString(
                frame,
                "<!DOCTYPE html><body><iframe src=\"" + page().toUri() + "\" style=\"border:0;width:" + width
                        + "px;height:900px\" onload=\"document.body.dataset.width ="
                        + " this.contentDocument.documentElement.scrollWidth; document.body.dataset.title ="
                        + " this.contentDocument.title; document.body.dataset.hidden ="
                        + " Math.max(...Array.from(this.contentDocument.querySelectorAll('.wide'),"
                        + " table => table.scrollWidth - table.clientWidth))\"></iframe></body>");
        Matcher measured = MEASURED.matcher(
                run("--window-size=1400,1000", "--dump-dom", frame.toUri().toString()));
        assertThat(measured.find()).isTrue();
        assertThat(Integer.parseInt(measured.group(1))).isEqualTo(width);
        assertThat(measured.group(2)).isEqualTo("Training run run");
        // No table has a part that must be scrolled to.
        assertThat(measured.group(3)).isEqualTo("0");
    }

    @Test
    void a_page_is_drawn() throws Exception {
        Path picture = directory.resolve("report.png");
        run("--window-size=400,2000", "--screenshot=" + picture, page().toUri().toString());
        // The first bytes of every PNG.
        assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G').hasSizeGreaterThan(10_000);
    }
}
