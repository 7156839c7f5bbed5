package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Ending;
import dev.wst.Reward;
import dev.wst.TrainingReport;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A run that ends when validations get no better. */
class EarlyStopTest extends ResumedRuns {
    @Test
    void a_run_stops_when_validations_get_no_better_and_gives_back_the_best_teacher() throws IOException {
        Path run = directory.resolve("run");
        List<String> told = new ArrayList<>();
        byte[] best;
        try (TransformerTeacher teacher = teacher(false)) {
            // The second and third validation of six: 2 is the best, then 1 and 1.
            int[] rewards = {1, 2, 1, 1, 9, 9};
            AtomicInteger validations = new AtomicInteger();
            TrainingReport report = configured(WstTrainer.builder(), teacher, "grpo")
                    .steps(10)
                    .reward(attempt -> Reward.of(
                            attempt.task().id().startsWith("t10")
                                    ? rewards[validations.getAndIncrement() / 2]
                                    : attempt.instruction().tokenCount()))
                    .runDirectory(run)
                    .stopEarly(2)
                    .listener(listener(told::add))
                    .build()
                    .fit();
            assertThat(report.ending()).isEqualTo(Ending.STOPPED_EARLY);
            assertThat(report.steps()).hasSize(6);
            teacher.saveState(directory.resolve("now"));
            best = Files.readAllBytes(directory.resolve("now/state.safetensors"));
        }
        assertThat(told).last().isEqualTo("in validation 6");
        assertThat(run.resolve("checkpoints/step-000002/teacher/state.safetensors"))
                .hasBinaryContent(best);
        try (Stream<Path> kept = Files.list(run.resolve("checkpoints"))) {
            assertThat(kept.map(path -> path.getFileName().toString()))
                    .contains("step-000002")
                    .hasSize(3);
        }
    }

    @Test
    void the_best_teacher_is_not_that_of_a_validation_in_which_hardly_any_task_had_a_verdict() throws IOException {
        Path run = directory.resolve("run");
        try (TransformerTeacher teacher = teacher(false)) {
            // Of three tasks only one is scored before training.
            int[] rewards = {9, 2, 1, 1};
            AtomicInteger asked = new AtomicInteger();
            TrainingReport report = configured(WstTrainer.builder(), teacher, "grpo")
                    .validation(tasks(100, 103))
                    .steps(10)
                    .reward(attempt -> {
                        if (!attempt.task().id().startsWith("t10")) {
                            return Reward.of(attempt.instruction().tokenCount());
                        }
                        int number = asked.getAndIncrement();
                        return number == 1 || number == 2
                                ? Reward.unscored("the judge is away")
                                : Reward.of(rewards[number / 3]);
                    })
                    .runDirectory(run)
                    .stopEarly(2)
                    .build()
                    .fit();
            assertThat(report.ending()).isEqualTo(Ending.STOPPED_EARLY);
            assertThat(report.steps()).hasSize(6);
            teacher.saveState(directory.resolve("now"));
        }
        assertThat(directory.resolve("now/state.safetensors"))
                .hasSameBinaryContentAs(run.resolve("checkpoints/step-000002/teacher/state.safetensors"));
    }
}
