package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Ending;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.TrainingListener;
import dev.wst.Validation;
import dev.wst.metrics.RunDescription;
import dev.wst.metrics.RunDirectory;
import dev.wst.metrics.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
    private static final Attempt ATTEMPT = Attempt.of(Task.of("t", "q"), Instruction.fixed("i"), Answer.of("a"));
    private static final List<Rollout> JUDGED = List.of(new Rollout(ATTEMPT, Reward.of(0.5)));
    private static final RunDescription DESCRIPTION = new RunDescription(Map.of(), Map.of());
    private static final RunReport REPORT = new RunReport(
            DESCRIPTION,
            Map.of(),
            1,
            Ending.FINISHED,
            Optional.empty(),
            List.of(),
            Map.of(),
            Optional.empty(),
            List.of());
    private final Throwable reason = new IllegalStateException("over");

    @TempDir
    Path above;

    private final List<String> told = new ArrayList<>();

    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
            told.add("step " + metrics.step() + " with " + rollouts.size());
        }

        @Override
        public void onValidation(Validation validation) {
            told.add("validation " + validation.step());
        }
    };

    private Path run() {
        return above.resolve("run");
    }

    /** What a record leaves in its directory. */
    private void recording(Consumer<RunRecord> work) {
        try (RunDirectory directory = RunDirectory.create(
                run(), DESCRIPTION, List.of(Task.of("t", "q")), List.of(), RunDirectory.Detail.TEXTS)) {
            work.accept(new RunRecord(List.of(listener), Optional.of(directory)));
        }
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(run().resolve(name));
    }

    @Test
    void finished_steps_and_validations_are_kept_written_and_told() throws IOException {
        StepMetrics step = new StepMetrics(1, Map.of("reward", 0.5));
        Validation validation = new Validation(1, JUDGED);
        recording(record -> {
            record.add(step, JUDGED);
            record.add(validation);
            assertThat(record.steps()).containsExactly(step);
            assertThat(record.validations()).containsExactly(validation);
            assertThat(record.path()).contains(run());
            record.report(REPORT);
        });
        assertThat(told).containsExactly("step 1 with 1", "validation 1");
        assertThat(lines("metrics.jsonl"))
                .containsExactly("{\"step\":1,\"reward\":0.5}", "{\"step\":1,\"eval/reward\":0.5,\"eval/unscored\":0}");
        assertThat(lines("rollouts.jsonl")).hasSize(2);
        assertThat(run().resolve("report.json")).content().contains("\"ending\" : \"finished\"");
    }

    @Test
    void what_is_under_way_has_a_name() {
        RunRecord record = new RunRecord(List.of(), Optional.empty());
        assertThat(record.underWay()).isEqualTo("after step 0");
        record.begin("train", 3);
        assertThat(record.underWay()).isEqualTo("step 3");
        record.begin("validation", 2);
        assertThat(record.underWay()).isEqualTo("the validation after step 2");
        record.add(new Validation(2, List.of()));
        assertThat(record.underWay()).isEqualTo("after step 0");
        record.begin("train", 3);
        record.add(new StepMetrics(3, Map.of()), List.of());
        assertThat(record.underWay()).isEqualTo("after step 1");
        record.begin("train", 4);
        record.abandon(reason);
        assertThat(record.underWay()).isEqualTo("after step 1");
    }

    @Test
    void answers_without_verdicts_are_left_with_the_reason() throws IOException {
        recording(record -> {
            record.begin("train", 4);
            record.answered(List.of(ATTEMPT));
            record.abandon(reason);
            record.abandon(reason);
        });
        assertThat(lines("rollouts.jsonl"))
                .singleElement()
                .asString()
                .startsWith("{\"split\":\"train\",\"step\":4,")
                .contains("\"unscored\":\"not judged: java.lang.IllegalStateException: over\"");
        assertThat(told).isEmpty();
    }

    @Test
    void what_a_validation_has_with_one_group_of_students_is_left_while_another_is_asked() throws IOException {
        recording(record -> {
            record.begin("validation", 2);
            record.answered(List.of(ATTEMPT));
            record.judged(JUDGED);
            record.begin("transfer", 2);
            assertThat(record.underWay()).isEqualTo("the validation after step 2");
            record.answered(List.of(ATTEMPT));
            record.abandon(reason);
        });
        assertThat(lines("rollouts.jsonl"))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("{\"split\":\"validation\",\"step\":2,")
                                .contains("\"reward\":0.5"),
                        second -> assertThat(second)
                                .startsWith("{\"split\":\"transfer\",\"step\":2,")
                                .contains("not judged"));
    }

    @Test
    void verdicts_that_were_given_are_left_as_they_are() throws IOException {
        recording(record -> {
            record.begin("validation", 4);
            record.answered(List.of(ATTEMPT));
            record.judged(JUDGED);
            record.abandon(reason);
        });
        assertThat(lines("rollouts.jsonl"))
                .singleElement()
                .asString()
                .startsWith("{\"split\":\"validation\",\"step\":4,")
                .contains("\"reward\":0.5");
    }

    @Test
    void answers_that_come_anew_wait_for_verdicts_of_their_own() throws IOException {
        recording(record -> {
            record.begin("train", 4);
            record.judged(JUDGED);
            record.answered(List.of(ATTEMPT));
            record.abandon(reason);
        });
        assertThat(lines("rollouts.jsonl")).singleElement().asString().contains("not judged");
    }

    @Test
    void a_run_without_a_directory_leaves_nothing_behind() {
        RunRecord record = new RunRecord(List.of(listener), Optional.empty());
        record.begin("train", 1);
        assertThatCode(() -> record.abandon(reason)).doesNotThrowAnyException();
        assertThatCode(() -> record.report(REPORT)).doesNotThrowAnyException();
        assertThat(record.path()).isEmpty();
    }
}
