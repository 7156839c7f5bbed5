package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.InvalidInputException;
import dev.wst.UnavailableException;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is not resumed, and stays as it is. */
class RefusedResumeTest extends ResumedRuns {
    @Test
    void a_run_that_is_complete_is_not_resumed() throws IOException {
        Path run;
        try (TransformerTeacher teacher = teacher(false)) {
            run = finished(configured(WstTrainer.builder(), teacher, "grpo"));
        }
        byte[] report = Files.readAllBytes(run.resolve("report.json"));
        assertRefused(
                run,
                InvalidInputException.class,
                "the run in " + run + " is complete after 5 steps; to train further, begin a new run with its adapter");
        assertThat(run.resolve("report.json")).hasBinaryContent(report);
    }

    @Test
    void a_directory_that_is_none_of_a_run_is_not_resumed() throws IOException {
        Path missing = directory.resolve("missing");
        assertRefused(missing, InvalidInputException.class, missing + " is no directory; name the directory of a run");
        Path other = Files.createDirectory(directory.resolve("other"));
        assertRefused(
                other, InvalidInputException.class, other + " holds no run.json: it is not the directory of a run");
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void a_run_of_another_version_is_not_resumed() throws IOException {
        Path run = failed("in validation 2");
        Path description = run.resolve("run.json");
        Files.writeString(description, Files.readString(description).replace("\"format\" : 1", "\"format\" : 7"));
        assertRefused(
                run,
                InvalidInputException.class,
                description
                        + " is of format 7, and this version reads 1; use the version of the library"
                        + " that wrote it");
    }

    @Test
    void a_run_with_another_configuration_is_not_resumed() {
        Path run = failed("in validation 2");
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainer trainer = configured(WstTrainer.resume(run), teacher, "grpo")
                    .seed(12)
                    .batch(2)
                    .build();
            assertThatThrownBy(trainer::fit)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "the run in " + run + " was begun with another configuration; resume it with the same, or"
                                    + " begin a new run:\n  batch: 3 then, 2 now\n  seed: 11 then, 12 now");
        }
        try (TransformerTeacher teacher = teacher(true)) {
            WstTrainer trainer =
                    configured(WstTrainer.resume(run), teacher, "grpo").build();
            assertThatThrownBy(trainer::fit)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("\n  teacher.trained: ");
        }
    }

    @Test
    void a_run_that_another_writes_is_not_resumed() throws IOException {
        Path run = directory.resolve("run");
        List<Throwable> refused = new ArrayList<>();
        try (TransformerTeacher teacher = teacher(false);
                TransformerTeacher other = teacher(false)) {
            configured(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(run)
                    .listener(listener(when -> {
                        try {
                            configured(WstTrainer.resume(run), other, "grpo")
                                    .build()
                                    .fit();
                        } catch (UnavailableException e) {
                            refused.add(e);
                        }
                    }))
                    .build()
                    .fit();
        }
        assertThat(refused)
                .hasSize(STEPS + 4)
                .allSatisfy(e -> assertThat(e)
                        .hasMessage(run + " is being written by another run (this process); wait for its end or choose"
                                + " another directory"));
    }

    @Test
    void what_a_builder_cannot_do_is_refused_at_the_call() {
        WstTrainerBuilder resumed = WstTrainer.resume(directory);
        assertThatThrownBy(() -> resumed.runDirectory(directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a run is resumed in its own directory; begin another with WstTrainer.builder() to write"
                        + " elsewhere");
        WstTrainerBuilder fresh = WstTrainer.builder();
        assertThatThrownBy(() -> fresh.checkpointEvery(0)).hasMessage("checkpointEvery must be at least 1, got 0");
        assertThatThrownBy(() -> fresh.checkpointEvery(Duration.ZERO))
                .hasMessage("the time between checkpoints must be positive, got PT0S");
        assertThatThrownBy(() -> fresh.stopEarly(0)).hasMessage("the patience of stopEarly must be at least 1, got 0");
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainerBuilder without =
                    configured(WstTrainer.builder(), teacher, "grpo").stopEarly(1);
            assertThatThrownBy(without::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("stopping early needs validation tasks and a run directory: call validation(...) and"
                            + " runDirectory(...), or leave stopEarly out");
        }
    }
}
