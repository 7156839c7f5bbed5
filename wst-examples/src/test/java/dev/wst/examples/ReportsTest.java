package dev.wst.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that makes or measures a run leaves a report to open. */
class ReportsTest {
    private static final List<String> EMBEDDED =
            List.of("--teacher", "embedded", "--student", "embedded", "--tasks", "embedded", "--reward", "embedded");

    @TempDir
    private Path directory;

    private final TriedCommand tried = new TriedCommand();
    private String printed = "";

    private int run(String command, List<String> common, Object... more) {
        List<String> args = new ArrayList<>();
        args.add(command);
        args.addAll(common);
        for (Object one : more) {
            args.add(String.valueOf(one));
        }
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            return tried.run(args.toArray(new String[0]));
        } finally {
            System.setOut(before);
            printed = out.toString(StandardCharsets.UTF_8);
        }
    }

    private Path train(String name, Object... more) {
        Path run = directory.resolve(name);
        List<Object> arguments = new ArrayList<>(List.of("--steps", 2, "--batch", 2, "--samples", 2, "--run", run));
        arguments.addAll(List.of(more));
        assertThat(run("train", EMBEDDED, arguments.toArray())).isZero();
        return run;
    }

    @Test
    void training_ends_with_a_report_and_evaluating_puts_the_comparison_into_it() throws IOException {
        Path run = train("first");
        Path page = run.resolve("report.html");
        assertThat(printed).contains("The report: open " + page.toAbsolutePath());
        assertThat(Files.readString(page))
                .contains("Not measured: the run has no validation")
                .contains("train --teacher embedded --student embedded --tasks embedded --reward embedded --steps 2");
        assertThat(run("evaluate", EMBEDDED, "--adapter", run.resolve("adapter"), "--run", run))
                .isZero();
        assertThat(printed).contains("The report: open " + page.toAbsolutePath());
        assertThat(Files.readString(page)).contains("(trained teacher) against 0.180 (student alone)");
        assertThat(run.resolve("comparison.jsonl")).exists();

        Path second = train("second", "--seed", 2);
        assertThat(run("report", List.of(), run, second, "--to", directory.resolve("both.html")))
                .isZero();
        assertThat(Files.readString(directory.resolve("both.html"))).contains("Runs first, second");
        Files.delete(page);
        assertThat(run("report", List.of(), run)).isZero();
        assertThat(page).exists();
        assertThat(run.resolve("report.md")).exists();
        assertThat(run.resolve("report-data.json")).exists();
    }

    @Test
    void a_comparison_belongs_to_a_trained_teacher_and_to_a_run() {
        assertThat(run("evaluate", EMBEDDED, "--run", directory)).isNotZero();
        assertThat(tried.told()).contains("--run keeps what a trained teacher is worth; give that too: --adapter ");
        assertThat(run("evaluate", EMBEDDED, "--adapter", directory, "--run", directory))
                .isNotZero();
        assertThat(tried.told()).contains("it is not the directory of a run");
    }

    @Test
    void the_quickstart_leaves_one_with_its_comparison() throws IOException {
        Path run = directory.resolve("quick");
        assertThat(run("quickstart", List.of(), "--steps", 1, "--algorithm", "grpo", "--run", run))
                .isZero();
        assertThat(printed)
                .contains("The report: open " + run.resolve("report.html").toAbsolutePath());
        for (int made = 0; made < 2; made++) {
            assertThat(Files.readString(run.resolve("report.html")))
                    .contains("(with the trained teacher) against 0.180 (student alone)")
                    .contains("java -jar wst-examples.jar quickstart --algorithm grpo --seed 1 --steps 1");
            assertThat(run("report", List.of(), run)).isZero();
        }
    }
}
