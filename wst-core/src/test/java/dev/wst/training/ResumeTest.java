package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Ending;
import dev.wst.InvalidInputException;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.Transfer;
import dev.wst.Validation;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunReader;
import dev.wst.rl.WarmStart;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is resumed ends as one that never stopped. */
class ResumeTest extends ResumedRuns {
    @ParameterizedTest
    @CsvSource({"ppo, false", "ppo, true", "grpo, false", "grpo, true"})
    void a_run_that_was_killed_goes_on_as_if_it_never_stopped(String algorithm, boolean whole) throws IOException {
        Path run = directory.resolve("run");
        List<Path> killed = new ArrayList<>();
        List<String> moments =
                whole ? List.of("in step 3") : List.of("in validation 0", "in step 3", "in validation 5");
        List<StepMetrics> steps;
        try (TransformerTeacher teacher = teacher(whole)) {
            steps = configured(WstTrainer.builder(), teacher, algorithm)
                    .runDirectory(run)
                    .listener(listener(when -> {
                        if (moments.contains(when)) {
                            killed.add(killed(run, when));
                        }
                    }))
                    .build()
                    .fit()
                    .steps();
        }
        assertThat(killed).hasSameSizeAs(moments);
        for (Path left : killed) {
            try (TransformerTeacher teacher = teacher(whole)) {
                TrainingReport report = configured(WstTrainer.resume(left), teacher, algorithm)
                        .build()
                        .fit();
                assertThat(report.steps())
                        .extracting(StepMetrics::outcome)
                        .isEqualTo(steps.stream().map(StepMetrics::outcome).toList());
                assertThat(report.validations()).extracting(Validation::step).containsExactly(0, 2, 4, 5);
                assertThat(report.ending()).isEqualTo(Ending.FINISHED);
            }
            assertSame(left, run);
        }
    }

    private static WstTrainerBuilder warmAndBySignal(WstTrainerBuilder begun, TransformerTeacher teacher) {
        // Rewards of few values, so that some groups have no signal.
        return configured(begun, teacher, "grpo")
                .reward(attempt ->
                        Reward.of(Math.floorMod(attempt.answer().text().hashCode(), 7) > 1 ? 1 : 0))
                .warmStart(WarmStart.of(2))
                .drawBySignal()
                .steps(9);
    }

    @Test
    void a_warm_start_and_an_order_by_signal_go_on_as_if_they_never_stopped() throws IOException {
        List<String> moments = List.of("in step 2", "in step 6", "in validation 8");
        assertThat(assertGoesOn(ResumeTest::warmAndBySignal, moments))
                .filteredOn(step -> step.values().containsKey("warm_start/imitated"))
                .hasSize(2);
    }

    @Test
    void a_run_that_goes_on_knows_which_given_instructions_were_shown_to_serve_worse() throws IOException {
        assertGoesOn(
                (begun, teacher) -> configured(begun, teacher, "grpo")
                        .reward(attempt ->
                                Reward.of(attempt.instruction().text().equals("w7 w8") ? -1 : 1))
                        .warmStart(WarmStart.of(STEPS).withInstructions(List.of("w7 w8", "w9"))),
                List.of("in step 3", "in step 5"));
        List<RecordedRollout> given = RunReader.open(directory.resolve("run")).rollouts().stream()
                .filter(one -> one.split().equals(RecordedRollout.TRAIN)
                        && one.rollout().attempt().situation().sample() == 2)
                .toList();
        assertThat(given)
                .hasSize(3 * STEPS)
                .extracting(one -> one.rollout().attempt().instruction().text())
                .contains("w7 w8", "w9")
                .isSubsetOf("w7 w8", "w9");
        assertThat(given)
                .filteredOn(one -> one.step() >= STEPS - 1)
                .extracting(one -> one.rollout().attempt().instruction().text())
                .containsOnly("w9");
    }

    @Test
    void a_run_with_a_warm_start_is_not_resumed_without() {
        Path run = directory.resolve("run");
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainer trainer = warmAndBySignal(WstTrainer.builder(), teacher)
                    .runDirectory(run)
                    .listener(listener(when -> {
                        if (when.equals("in step 2")) {
                            throw new IllegalStateException("no more");
                        }
                    }))
                    .build();
            assertThatThrownBy(trainer::fit).hasMessage("no more");
        }
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainer another =
                    configured(WstTrainer.resume(run), teacher, "grpo").build();
            assertThatThrownBy(another::fit).isInstanceOf(InvalidInputException.class);
        }
    }

    private static WstTrainerBuilder reusing(WstTrainerBuilder begun, TransformerTeacher teacher, String algorithm) {
        return configured(begun, teacher, algorithm).reuse(2).averageWeights(3).refinement(Refinement.rounds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ppo", "grpo"})
    void what_is_learned_from_again_outlasts_the_process(String algorithm) throws IOException {
        List<StepMetrics> outcomes =
                assertGoesOn((begun, teacher) -> reusing(begun, teacher, algorithm), List.of("in step 2", "in step 5"));
        assertThat(outcomes)
                .filteredOn(step -> step.values().containsKey("reuse/weight_mean"))
                .hasSize(outcomes.size() - 1);
    }

    @Test
    void a_run_with_several_students_goes_on_as_if_it_never_stopped() throws IOException {
        Path run = directory.resolve("run");
        List<Path> killed = new ArrayList<>();
        TrainingReport whole;
        try (TransformerTeacher teacher = teacher(false)) {
            whole = severalStudents(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(run)
                    .listener(listener(when -> {
                        if (List.of("in step 3", "in validation 4").contains(when)) {
                            killed.add(killed(run, when));
                        }
                    }))
                    .build()
                    .fit();
        }
        assertThat(whole.transfer()).extracting(Transfer::student).containsExactly("c");
        assertThat(killed).hasSize(2);
        for (Path left : killed) {
            try (TransformerTeacher teacher = teacher(false)) {
                TrainingReport report = severalStudents(WstTrainer.resume(left), teacher, "grpo")
                        .build()
                        .fit();
                assertThat(report.steps())
                        .extracting(StepMetrics::outcome)
                        .isEqualTo(
                                whole.steps().stream().map(StepMetrics::outcome).toList());
                assertThat(report.transfer()).isEqualTo(whole.transfer());
            }
            assertSame(left, run);
        }
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainer other = configured(WstTrainer.resume(killed.get(0)), teacher, "grpo")
                    .build();
            assertThatThrownBy(other::fit).isInstanceOf(InvalidInputException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in step 1", "in validation 2", "in step 4", "in validation 5"})
    void a_run_that_was_interrupted_goes_on_as_if_it_never_stopped(String where) throws IOException {
        Path whole = directory.resolve("whole");
        Path run = directory.resolve("run");
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(whole)
                    .build()
                    .fit();
        }
        try (TransformerTeacher teacher = teacher(false)) {
            TrainingReport report = configured(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(run)
                    .checkpointEvery(100)
                    .listener(listener(when -> {
                        if (when.equals(where)) {
                            Thread.currentThread().interrupt();
                        }
                    }))
                    .build()
                    .fit();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(report.ending()).isEqualTo(where.endsWith("5") ? Ending.FINISHED : Ending.INTERRUPTED);
        }
        if (!where.endsWith("5")) {
            try (TransformerTeacher teacher = teacher(false)) {
                configured(WstTrainer.resume(run), teacher, "grpo").build().fit();
            }
        }
        assertSameMetrics(run, whole);
        for (String name : List.of("rollouts.jsonl", "adapter/adapter_model.safetensors")) {
            assertThat(run.resolve(name)).as(name).hasSameBinaryContentAs(whole.resolve(name));
        }
    }

    @Test
    void listeners_of_a_resumed_run_learn_what_stands_before_its_first_step() {
        Path run = failed("in step 4");
        List<String> told = new ArrayList<>();
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.resume(run), teacher, "grpo")
                    .listener(new TrainingListener() {
                        @Override
                        public void onResume(List<StepMetrics> steps, List<Validation> validations) {
                            told.add("resumed after " + steps.size() + " steps and " + validations.size()
                                    + " validations");
                        }

                        @Override
                        public void onStart(int steps) {
                            told.add("start of " + steps);
                        }

                        @Override
                        public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
                            told.add("step " + metrics.step() + ", " + metrics.value("answers/kept") + " kept");
                        }
                    })
                    .build()
                    .fit();
        }
        assertThat(told)
                .containsExactly(
                        "resumed after 2 steps and 2 validations",
                        "start of 5",
                        "step 3, 9.0 kept",
                        "step 4, 9.0 kept",
                        "step 5, 0.0 kept");
    }

    @Test
    void a_run_killed_before_its_first_checkpoint_begins_anew() throws IOException {
        Path whole = directory.resolve("whole");
        Path run = directory.resolve("run");
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(whole)
                    .build()
                    .fit();
        }
        Files.createDirectory(run);
        for (String name : List.of("run.json", "tasks.jsonl")) {
            Files.copy(whole.resolve(name), run.resolve(name));
        }
        Files.createFile(run.resolve("metrics.jsonl"));
        Files.createFile(run.resolve("rollouts.jsonl"));
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.resume(run), teacher, "grpo").build().fit();
        }
        assertSame(run, whole);
    }
}
