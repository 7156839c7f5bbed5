package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Reward;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.StepMetrics;
import dev.wst.TrainingReport;
import dev.wst.Validation;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run that measures, and ends with, the mean of its teacher's weights. */
class AveragedWeightsTest extends ResumedRuns {
    private static WstTrainerBuilder averaged(WstTrainerBuilder begun, TransformerTeacher teacher) {
        return configured(begun, teacher, "grpo").averageWeights(3);
    }

    private static List<String> instructions(List<Advice> advice) {
        return advice.stream().map(one -> one.instruction().text()).toList();
    }

    private static List<Advice> greedy(TransformerTeacher teacher) {
        return teacher.write(
                tasks(100, 102).stream().map(task -> Situation.of(task, 0)).toList(),
                Sampling.defaults().withMaxTokens(5).withTemperature(0),
                new Seed(0));
    }

    private static double[] read(TransformerTeacher teacher, List<Advice> batch) {
        return teacher.read(batch, 1).stream()
                .flatMapToDouble(one -> Arrays.stream(one.scores().logProbabilities()))
                .toArray();
    }

    @Test
    void training_is_as_without_and_what_is_validated_is_what_it_ends_with() {
        List<StepMetrics> plain;
        double[] last;
        List<Advice> batch;
        try (TransformerTeacher teacher = teacher(false)) {
            plain = configured(WstTrainer.builder(), teacher, "grpo")
                    .build()
                    .fit()
                    .steps();
            batch = greedy(teacher);
            last = read(teacher, batch);
        }
        try (TransformerTeacher teacher = teacher(false)) {
            TrainingReport report =
                    averaged(WstTrainer.builder(), teacher).build().fit();
            assertThat(report.steps().stream().map(StepMetrics::outcome))
                    .isEqualTo(plain.stream().map(StepMetrics::outcome).toList());
            assertThat(read(teacher, batch)).isNotEqualTo(last);
            Validation end = report.validations().get(report.validations().size() - 1);
            assertThat(instructions(greedy(teacher)))
                    .isEqualTo(end.rollouts().stream()
                            .map(one -> one.attempt().instruction().text())
                            .toList());
            assertThat(read(teacher, batch)).containsExactly(teacher.withMean(() -> read(teacher, batch)));
        }
    }

    @Test
    void a_run_that_fails_between_two_steps_keeps_the_mean_and_goes_on_from_the_weights() throws IOException {
        try (TransformerTeacher teacher = teacher(false)) {
            averaged(WstTrainer.builder(), teacher)
                    .runDirectory(directory.resolve("whole"))
                    .build()
                    .fit();
        }
        double[] kept;
        List<Advice> batch;
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainer trainer = averaged(WstTrainer.builder(), teacher)
                    .runDirectory(directory.resolve("run"))
                    .listener(listener(when -> {
                        if (when.equals("in step 4")) {
                            throw new IllegalStateException("no more");
                        }
                    }))
                    .build();
            assertThatThrownBy(trainer::fit).hasMessage("no more");
            batch = greedy(teacher);
            kept = read(teacher, batch);
        }
        try (TransformerTeacher teacher = TransformerTeacher.builder(model)
                .adapter(directory.resolve("run/adapter"))
                .build()) {
            assertThat(read(teacher, batch)).as("the adapter holds the mean").containsExactly(kept);
        }
        try (TransformerTeacher teacher = teacher(false)) {
            averaged(WstTrainer.resume(directory.resolve("run")), teacher)
                    .build()
                    .fit();
        }
        assertSameMetrics(directory.resolve("run"), directory.resolve("whole"));
        for (String name : List.of("rollouts.jsonl", "adapter/adapter_model.safetensors")) {
            assertThat(directory.resolve("run").resolve(name))
                    .as(name)
                    .hasSameBinaryContentAs(directory.resolve("whole").resolve(name));
        }
    }

    @Test
    void the_best_teacher_of_a_run_that_stops_early_is_the_mean_of_then() {
        try (TransformerTeacher teacher = teacher(false)) {
            TrainingReport report = averaged(WstTrainer.builder(), teacher)
                    .reward(attempt -> Reward.of(
                            attempt.task().id().startsWith("t10")
                                    ? 0
                                    : attempt.instruction().text().length() % 3))
                    .student(advice -> Answer.of(advice.instruction().text()))
                    .validateEvery(1)
                    .stopEarly(2)
                    .runDirectory(directory.resolve("run"))
                    .build()
                    .fit();
            // No validation is better than that before the first step, when there was no mean.
            assertThat(report.validations()).extracting(Validation::step).containsExactly(0, 1, 2);
            assertThat(instructions(greedy(teacher)))
                    .isEqualTo(report.validations().get(0).rollouts().stream()
                            .map(one -> one.attempt().instruction().text())
                            .toList());
        }
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> WstTrainer.builder().averageWeights(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights are averaged over at least 2 steps, got 1");
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainerBuilder forwarding =
                    averaged(WstTrainer.builder(), teacher).teacher(new Fixtures.Forwarding(teacher));
            assertThatThrownBy(forwarding::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "this teacher keeps no mean of its weights (dev.wst.training.Fixtures$Forwarding):"
                                    + " implement TeacherPolicy.includeInMean and what belongs to it, or leave averageWeights out");
        }
    }
}
