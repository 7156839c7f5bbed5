package dev.wst.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Ending;
import dev.wst.EnvironmentException;
import dev.wst.Instruction;
import dev.wst.InvalidInputException;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.budget.Cost;
import dev.wst.files.AtomicFile;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
    @TempDir
    Path directory;

    private static final RunDescription DESCRIPTION = new RunDescription(Map.of("seed", "1"), Map.of("wst", "0"));
    private static final RunReport REPORT = new RunReport(
            DESCRIPTION,
            Map.of("long", "x".repeat(500)),
            1,
            Ending.FINISHED,
            Optional.empty(),
            List.of(),
            Map.of("reward", 0.5),
            Optional.of(new RunReport.Bill(new Cost(7, 90, 30, new BigDecimal("0.42"), 0), Optional.of("USD"))),
            List.of());

    private static RunDirectory create(Path directory) {
        return create(directory, Files::newOutputStream);
    }

    private static RunDirectory create(Path directory, AtomicFile.Opening files) {
        return RunDirectory.create(
                directory,
                DESCRIPTION,
                List.of(Task.of("a", "question"), Task.of("b", "question")),
                List.of(),
                RunDirectory.Detail.TEXTS,
                files);
    }

    private Path run() {
        return directory.resolve("run");
    }

    /** A disk on which one file may grow to so many bytes. */
    private static AtomicFile.Opening room(String name, int bytes) {
        return (file, options) -> {
            OutputStream out = Files.newOutputStream(file, options);
            return file.getFileName().toString().equals(name) ? new Limited(out, bytes) : out;
        };
    }

    private static final class Limited extends FilterOutputStream {
        private int left;

        Limited(OutputStream out, int left) {
            super(out);
            this.left = left;
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            int fits = Math.min(left, count);
            out.write(bytes, from, fits);
            left -= fits;
            if (fits < count) {
                throw new IOException("No space left on device");
            }
        }
    }

    private static StepMetrics step(int number) {
        return new StepMetrics(number, Map.of("reward", 0.5));
    }

    private static List<Rollout> batch() {
        return List.of(rollout("a"), rollout("b"));
    }

    private static Rollout rollout(String id) {
        return new Rollout(
                Attempt.of(Task.of(id, "question"), Instruction.fixed("do"), Answer.of("done")), Reward.of(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics.jsonl", "rollouts.jsonl"})
    void a_full_disk_leaves_whole_lines_and_names_the_file(String name) throws IOException {
        int line;
        try (RunDirectory whole = create(directory.resolve("whole"))) {
            whole.write(step(1), batch());
            line = (int) Files.size(whole.path().resolve(name));
        }
        try (RunDirectory full = create(run(), room(name, line + line / 2))) {
            full.write(step(1), batch());
            assertThatThrownBy(() -> full.write(step(2), batch()))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining(name + " cannot be written")
                    .hasMessageContaining("No space left on device");
        }
        assertThat(run().resolve(name)).hasSize(line).content().endsWith("}\n");
    }

    @Test
    void a_file_where_a_directory_should_be_is_named() throws IOException {
        Path file = Files.createFile(directory.resolve("plain"));
        for (Path run : List.of(file, file.resolve("x"), file.resolve("x/y"))) {
            assertThatThrownBy(() -> create(run))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(file + " is a file, not a directory");
        }
    }

    @Test
    void lines_that_fit_again_follow_the_last_whole_one() throws IOException {
        try (RunDirectory full =
                create(run(), (file, options) -> new FilterOutputStream(Files.newOutputStream(file, options)) {
                    private int writes;

                    @Override
                    public void write(byte[] bytes, int from, int count) throws IOException {
                        writes++;
                        out.write(bytes, from, writes == 2 ? 5 : count);
                        if (writes == 2 && file.endsWith("metrics.jsonl")) {
                            throw new IOException("No space left on device");
                        }
                        if (writes == 2) {
                            out.write(bytes, from + 5, count - 5);
                        }
                    }
                })) {
            full.write(step(1), batch());
            assertThatThrownBy(() -> full.write(step(2), batch())).isInstanceOf(EnvironmentException.class);
            full.write(step(3), batch());
        }
        List<String> lines = Files.readAllLines(run().resolve("metrics.jsonl"));
        assertThat(lines).hasSize(2);
        assertThat(new ObjectMapper().readTree(lines.get(1)).path("step").asInt())
                .isEqualTo(3);
    }

    @Test
    void a_report_that_does_not_fit_is_not_there() throws IOException {
        try (RunDirectory full = create(run(), room(".report.json", 100))) {
            assertThatThrownBy(() -> full.writeReport(REPORT))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("report.json cannot be written")
                    .hasMessageContaining("No space left on device");
        }
        try (var files = Files.list(run())) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("run.json", "tasks.jsonl", "metrics.jsonl", "rollouts.jsonl", "lock");
        }
    }

    @Test
    void an_interrupted_thread_still_writes() throws IOException {
        try (RunDirectory writing = create(run())) {
            Thread.currentThread().interrupt();
            writing.write(step(1), batch());
            writing.writeReport(REPORT);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        for (String name : Arrays.asList("metrics.jsonl", "rollouts.jsonl", "report.json")) {
            assertThat(run().resolve(name)).isNotEmptyFile();
        }
    }

    @Test
    void a_report_is_read_as_it_was_written() {
        try (RunDirectory writing = create(run())) {
            writing.writeReport(REPORT);
        }
        assertThat(RunReader.open(run()).report()).contains(REPORT);
        assertThat(run().resolve("report.json"))
                .content()
                .contains("\"calls\" : 7,", "\"money\" : \"0.42\",", "\"currency\" : \"USD\"");
    }

    @Test
    void times_cost_and_kept_answers_stand_last_in_a_line() throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        List.of("step_time", "cost/calls", "reward", "eps", "budget/calls", "kl", "answers/kept")
                .forEach(name -> values.put(name, 1.0));
        StepMetrics metrics = new StepMetrics(1, values);
        try (RunDirectory writing = create(run())) {
            writing.write(metrics, batch());
        }
        assertThat(run().resolve("metrics.jsonl"))
                .content()
                .isEqualTo("{\"step\":1,\"reward\":1.0,\"kl\":1.0,\"step_time\":1.0,\"cost/calls\":1.0,\"eps\":1.0,"
                        + "\"budget/calls\":1.0,\"answers/kept\":1.0}\n");
        assertThat(metrics.outcome().values()).containsOnlyKeys("reward", "kl");
    }
}
