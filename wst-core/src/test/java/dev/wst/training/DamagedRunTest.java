package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Ending;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.TrainingReport;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a run, outside its checkpoints, that are not as they were written. */
class DamagedRunTest extends ResumedRuns {
    private TrainingReport resumed(Path run) {
        try (TransformerTeacher teacher = teacher(false)) {
            return configured(WstTrainer.resume(run), teacher, "grpo").build().fit();
        }
    }

    /** A line that belongs to a checkpoint: the checkpoint before the line is taken. */
    @ParameterizedTest
    @ValueSource(strings = {"metrics.jsonl", "rollouts.jsonl"})
    void a_checkpoint_whose_lines_were_changed_is_passed_over(String name) throws IOException {
        Path whole;
        try (TransformerTeacher teacher = teacher(false)) {
            whole = finished(configured(WstTrainer.builder(), teacher, "grpo"));
        }
        whole = Files.move(whole, directory.resolve("whole"));
        Path run = failed("in validation 4");
        Path file = run.resolve(name);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        int last = lines.size() - 1;
        lines.set(last, lines.get(last).replace('1', '7'));
        Files.write(file, lines);
        resumed(run);
        assertSameMetrics(run, whole);
        assertThat(run.resolve("rollouts.jsonl")).hasSameBinaryContentAs(whole.resolve("rollouts.jsonl"));
    }

    @Test
    void a_run_all_of_whose_lines_were_changed_is_not_resumed() throws IOException {
        Path run = failed("in validation 2");
        Path rollouts = run.resolve("rollouts.jsonl");
        Files.writeString(rollouts, Files.readString(rollouts).replace("{\"split\"", "{ \"split\""));
        assertRefused(
                run,
                InvalidInputException.class,
                "the run in " + run + " cannot be resumed: none of its checkpoints is intact, since they were written"
                        + " after other lines than are in [" + rollouts + "]; begin a new run");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_tasks_are_written_anew(boolean missing) throws IOException {
        Path run = failed("in validation 2");
        Path tasks = run.resolve("tasks.jsonl");
        String expected = Files.readString(tasks);
        if (missing) {
            Files.delete(tasks);
        } else {
            Files.writeString(tasks, expected.replace("w1", "w2"));
        }
        resumed(run);
        assertThat(tasks).hasContent(expected);
    }

    @Test
    void a_description_that_was_changed_is_named() throws IOException {
        Path run = failed("in validation 2");
        Path description = run.resolve("run.json");
        Files.writeString(description, Files.readString(description).replace("\"11\"", "\"12\""));
        assertRefused(
                run,
                InvalidInputException.class,
                description + " is damaged: it is not what it was when " + run.resolve("checkpoints/step-000002")
                        + " was written; put that back, or begin a new run");
    }

    @Test
    void a_run_that_was_refused_is_resumed_when_its_files_are_back() throws IOException {
        Path run = failed("in validation 2");
        Path metrics = run.resolve("metrics.jsonl");
        Path away = Files.move(metrics, directory.resolve("away"));
        assertRefused(
                run,
                EnvironmentException.class,
                "the run directory " + run + " cannot be written: java.nio.file.NoSuchFileException: " + metrics);
        Files.move(away, metrics);
        assertThat(resumed(run).ending()).isEqualTo(Ending.FINISHED);
    }
}
