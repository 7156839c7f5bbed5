package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Ending;
import dev.wst.Instruction;
import dev.wst.InvalidInputException;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.TrainingReport;
import dev.wst.Transfer;
import dev.wst.UnavailableException;
import dev.wst.Validation;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Budget;
import dev.wst.calls.CallLimits;
import dev.wst.metrics.Progress;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunReader;
import dev.wst.metrics.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with several students, and with several answers of each. */
class SeveralStudentsTest {
    private static final List<Task> HELD_OUT =
            List.of(Task.of("v0", "a held-out even question", "0"), Task.of("v1", "a held-out odd question", "1"));

    @TempDir
    Path directory;

    private final Fixtures.TableTeacher teacher = new Fixtures.TableTeacher();

    private Path run() {
        return directory.resolve("run");
    }

    private WstTrainerBuilder trainer() {
        return Fixtures.trainer(teacher, run())
                .reward(attempt -> Reward.of(Double.parseDouble(attempt.answer().text())))
                .steps(2);
    }

    /** Answers 1 where it is told one of these words, 0 otherwise; knows the name of its model. */
    private static final class Obedient implements StudentClient {
        private final Set<String> words;
        private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

        Obedient(String... words) {
            this.words = Set.of(words);
        }

        @Override
        public Answer answer(Advice advice) {
            asked.add(advice.task().id() + "/" + advice.situation().sample());
            return Answer.of(words.contains(advice.instruction().text()) ? "1" : "0");
        }

        @Override
        public ModelCall call(Advice advice) {
            return ModelCall.of(advice).withModel("model");
        }
    }

    private List<Rollout> recorded(String split, int step) {
        return RunReader.open(run()).rollouts().stream()
                .filter(one -> one.split().equals(split) && one.step() == step)
                .map(RecordedRollout::rollout)
                .toList();
    }

    @Test
    void an_instruction_is_put_to_all_students_and_earns_their_mean() throws IOException {
        Obedient first = new Obedient("word1");
        Obedient second = new Obedient("word1", "word2");
        TrainingReport report = trainer()
                .student("first", first)
                .student("second", second)
                .build()
                .fit();
        List<Rollout> step = recorded(RecordedRollout.TRAIN, 1);
        assertThat(step).hasSize(2 * 16);
        for (int i = 0; i < step.size(); i += 2) {
            String word = step.get(i).attempt().instruction().text();
            assertThat(step.subList(i, i + 2))
                    .extracting(
                            one -> one.attempt().student().orElseThrow(),
                            one -> one.reward().value())
                    .containsExactly(
                            tuple("first", word.equals("word1") ? 1.0 : 0.0),
                            tuple("second", word.equals("word1") || word.equals("word2") ? 1.0 : 0.0));
        }
        double mean =
                step.stream().mapToDouble(one -> one.reward().value()).average().orElseThrow();
        assertThat(report.steps().get(0).value("reward")).isEqualTo(mean);
        for (String name : List.of("first", "second")) {
            assertThat(report.steps().get(0).value("reward/" + name))
                    .isEqualTo(step.stream()
                            .filter(one -> one.attempt().student().equals(Optional.of(name)))
                            .mapToDouble(one -> one.reward().value())
                            .average()
                            .orElseThrow());
        }
        assertThat(Files.readAllLines(run().resolve("rollouts.jsonl")).get(0))
                .contains("\"sample\":0,\"student\":\"first\",\"turns\":");
    }

    @Test
    void a_run_with_one_student_and_one_answer_records_as_ever() throws IOException {
        trainer().student(new Obedient("word1")).validation(HELD_OUT).build().fit();
        assertThat(Files.readAllLines(run().resolve("rollouts.jsonl")))
                .allSatisfy(line -> assertThat(line).contains("\"sample\":").contains(",\"turns\":"))
                .noneMatch(line -> line.contains("\"student\"") || line.contains("answer_number"));
        assertThat(Files.readString(run().resolve("run.json")))
                .doesNotContain("\"students\"")
                .doesNotContain("answers_per_instruction");
        assertThat(Files.readString(run().resolve("report.json")))
                .doesNotContain("students")
                .doesNotContain("transfer");
    }

    @Test
    void each_answer_is_asked_for_recorded_and_kept_under_a_number_of_its_own() {
        Obedient student = new Obedient("word1");
        TrainingReport report = trainer()
                .student(student)
                .answersPerInstruction(3)
                .steps(1)
                .build()
                .fit();
        List<Rollout> step = recorded(RecordedRollout.TRAIN, 1);
        assertThat(step).hasSize(3 * 16);
        assertThat(step.subList(0, 6))
                .extracting(one -> one.attempt().number().orElseThrow())
                .containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(step).allMatch(one -> one.attempt().sample() < 4);
        Set<String> expected = step.stream()
                .map(Rollout::attempt)
                .map(one -> one.task().id() + "/"
                        + one.advice()
                                .again(one.number().orElseThrow())
                                .situation()
                                .sample())
                .collect(Collectors.toSet());
        assertThat(expected).hasSize(3 * 16);
        assertThat(student.asked).hasSize(3 * 16 + 1).containsAll(expected);
        assertThat(report.steps().get(0).values()).containsEntry("rollouts/unscored", 0.0);
    }

    @Test
    void students_of_one_model_keep_their_answers_apart_and_all_are_paid_from_one_budget() {
        try (AnswerStore store = AnswerStore.open(directory.resolve("answers.sqlite"))) {
            TrainingReport whole = sharing(store, new Obedient("word1"), new Obedient("word2"))
                    .budget(Budget.unlimited().withCalls(2 * (16 + 1)))
                    .build()
                    .fit();
            assertThat(whole.ending()).isEqualTo(Ending.FINISHED);
            assertThat(recorded(RecordedRollout.TRAIN, 1))
                    .allMatch(one -> one.reward().value()
                            == (one.attempt()
                                            .instruction()
                                            .text()
                                            .equals(
                                                    one.attempt().student().equals(Optional.of("a"))
                                                            ? "word1"
                                                            : "word2")
                                    ? 1
                                    : 0));
            Obedient never = new Obedient();
            TrainingReport again = sharing(store, never, never)
                    .teacher(new Fixtures.TableTeacher())
                    .runDirectory(directory.resolve("again"))
                    .build()
                    .fit();
            assertThat(never.asked).isEmpty();
            assertThat(again.steps().get(0).value("reward"))
                    .isEqualTo(whole.steps().get(0).value("reward"));
        }
    }

    private WstTrainerBuilder sharing(AnswerStore store, StudentClient a, StudentClient b) {
        return trainer().student("a", a).student("b", b).answers(store).steps(1);
    }

    @Test
    void a_budget_that_one_student_spends_leaves_nothing_for_the_next() throws IOException {
        Obedient second = new Obedient();
        TrainingReport report = trainer()
                .student("first", new Obedient("word1"))
                .student("second", second)
                .budget(Budget.unlimited().withCalls(2 + 2 * 16 + 16))
                .steps(2)
                .build()
                .fit();
        assertThat(report.ending()).isEqualTo(Ending.BUDGET_SPENT);
        assertThat(second.asked).as("the first question and the first step").hasSize(1 + 16);
        assertThat(Files.readAllLines(run().resolve("rollouts.jsonl")))
                .filteredOn(line -> line.contains("\"step\":2"))
                .hasSize(16)
                .allMatch(line -> line.contains("\"student\":\"first\"") && line.contains("not judged"));
    }

    @Test
    void validations_tell_students_apart_and_transfer_is_reported() throws IOException {
        List<String> told = new ArrayList<>();
        TrainingReport report = trainer()
                .student("small", new Obedient("word1"))
                .validationStudent("large", new Obedient("word1", "word0"))
                .validationStudent("other", new Obedient("word3"))
                .validation(HELD_OUT)
                .steps(6)
                .listener(Progress.plain(told::add, InstantSource.system(), Duration.ZERO))
                .build()
                .fit();
        List<String> metrics = Files.readAllLines(run().resolve("metrics.jsonl"));
        assertThat(metrics.get(0))
                .isEqualTo("{\"step\":0,\"eval/reward\":0.0,\"eval/unscored\":0,\"eval/small/reward\":0.0,"
                        + "\"eval/small/unscored\":0,\"eval/large/reward\":1.0,\"eval/large/unscored\":0,"
                        + "\"eval/other/reward\":0.0,\"eval/other/unscored\":0}");
        Validation last = report.validations().get(1);
        assertThat(last.meanReward()).hasValue(1);
        assertThat(last.transfer())
                .extracting(one -> one.attempt().student().orElseThrow())
                .containsExactly("large", "other", "large", "other");
        assertThat(report.transfer())
                .extracting(Transfer::student, Transfer::step, Transfer::gain, Transfer::tasks)
                .containsExactly(tuple("large", 6, 0.0, 2), tuple("other", 6, 0.0, 2));
        assertThat(told)
                .endsWith(
                        "validation after step 6: mean reward 1.000 over 2 questions, with small 1.000, with large 1.000,"
                                + " with other 0.000",
                        "transfer to large after step 6: +0.000 [-0.658, +0.658] over 2 tasks",
                        "transfer to other after step 6: +0.000 [-0.658, +0.658] over 2 tasks");
        RunReader reader = RunReader.open(run());
        assertThat(reader.validations().get(1).meanReward("large")).hasValue(1);
        assertThat(reader.validations())
                .extracting(one -> one.transfer().size())
                .containsExactly(4, 4);
        RunReport written = reader.report().orElseThrow();
        assertThat(written.transfer()).isEqualTo(report.transfer());
        assertThat(written.validations())
                .extracting(RunReport.Mean::students)
                .containsExactly(
                        Map.of("small", 0.0, "large", 1.0, "other", 0.0),
                        Map.of("small", 1.0, "large", 1.0, "other", 0.0));
    }

    private static Validation validation(int step, double reward, double... transfer) {
        List<Rollout> rollouts = new ArrayList<>();
        for (int i = 0; i < transfer.length; i++) {
            Attempt attempt = Attempt.of(Task.of("t" + i, "q"), Instruction.none(), Answer.of("a"))
                    .from(Optional.of("c"), OptionalInt.empty());
            rollouts.add(
                    new Rollout(attempt, Double.isNaN(transfer[i]) ? Reward.unscored("none") : Reward.of(transfer[i])));
        }
        Attempt own = Attempt.of(Task.of("t", "q"), Instruction.none(), Answer.of("a"));
        return new Validation(step, List.of(new Rollout(own, Reward.of(reward))), rollouts);
    }

    @Test
    void transfer_is_paired_and_up_to_the_teacher_that_is_left() {
        Validation before = validation(0, 0, 0, 0, 1, 0);
        Validation best = validation(2, 1, 1, 0, 1, Double.NaN);
        Validation last = validation(4, 0.5, 0, 0, 0, 0);
        BestValidation all = new BestValidation(List.of(before, best, last));
        assertThat(all.transfer(Ending.STOPPED_EARLY))
                .singleElement()
                .satisfies(one -> assertThat(one.gain()).isCloseTo(1 / 3.0, within(1e-12)))
                .satisfies(one -> assertThat(one.tasks()).isEqualTo(3))
                .satisfies(one -> assertThat(one.step()).isEqualTo(2));
        assertThat(all.transfer(Ending.FINISHED))
                .singleElement()
                .satisfies(one -> assertThat(one.gain()).isEqualTo(-0.25));
        assertThat(new BestValidation(List.of(before)).transfer(Ending.FINISHED))
                .isEmpty();
        assertThat(new BestValidation(List.of()).transfer(Ending.FAILED)).isEmpty();
        assertThat(Transfers.between(before, validation(2, 1, 1, Double.NaN, Double.NaN, Double.NaN)))
                .as("one task")
                .isEmpty();
    }

    @Test
    void a_student_that_is_not_there_is_named() {
        StudentClient stranger = advice -> Answer.failed(Answer.FailureKind.AUTHENTICATION, "wrong key");
        WstTrainer trainer = trainer()
                .student("small", new Obedient("word1"))
                .validationStudent("large", stranger)
                .validation(HELD_OUT)
                .build();
        assertThatThrownBy(trainer::fit)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "the student large did not answer a first question (AUTHENTICATION): wrong key; nothing else"
                                + " was done");
    }

    @Test
    void instructions_that_one_student_does_not_answer_have_no_reward() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        StudentClient silent = advice -> {
            asked.add(advice.instruction().text());
            return advice.instruction().text().isEmpty()
                    ? Answer.of("0")
                    : Answer.failed(Answer.FailureKind.RATE_LIMIT, "later");
        };
        WstTrainer trainer = trainer()
                .student("small", new Obedient("word1"))
                .student("silent", silent)
                .studentCalls("silent", CallLimits.defaults().withRetries(0))
                .build();
        assertThatThrownBy(trainer::fit)
                .isInstanceOf(UnavailableException.class)
                .hasMessage("none of the 16 rollouts of step 1 could be scored; the most frequent reason (16 times):"
                        + " student silent: no answer: RATE_LIMIT: later");
        assertThat(asked).as("no retries, by its own limits").hasSize(1 + 16);
    }

    @Test
    void students_and_answers_decide_a_run_and_limits_do_not() {
        trainer()
                .student("small", new Obedient("word1"))
                .validationStudent("large", new Obedient("word1"))
                .studentCalls("large", CallLimits.defaults().withConcurrency(3))
                .validation(HELD_OUT)
                .answersPerInstruction(2)
                .steps(1)
                .build()
                .fit();
        RunReport report = RunReader.open(run()).report().orElseThrow();
        assertThat(report.description().configuration())
                .containsEntry("students", "small, large")
                .hasEntrySatisfying(
                        "student.small",
                        one -> assertThat(one).startsWith(Obedient.class.getName() + ", model model, calls "))
                .hasEntrySatisfying(
                        "validation_student.large",
                        one -> assertThat(one).startsWith(Obedient.class.getName() + ", model model, calls "))
                .containsEntry("answers_per_instruction", "2")
                .doesNotContainKey("student");
        assertThat(report.settings())
                .containsEntry("student.large_concurrency", "3")
                .doesNotContainKey("student.small_concurrency");
    }

    @Test
    void students_that_do_not_fit_together_are_refused_at_the_call() {
        StudentClient student = new Obedient();
        String mixed = "a run has one student without a name or several by name; call student(name, ...) for each of"
                + " them";
        assertThatThrownBy(() -> trainer().student("a", student).student(student))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(mixed);
        assertThatThrownBy(() -> trainer().student(student).student("a", student))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(mixed);
        String twice = "there is a student by the name a already; give each a name of its own";
        assertThatThrownBy(() -> trainer().student("a", student).student("a", student))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(twice);
        assertThatThrownBy(() -> trainer().student("a", student).validationStudent("a", student))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(twice);
        assertThatThrownBy(() -> trainer().student("a/b", student))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a student's name is of letters, digits and '.', '_', ':', '-', got \"a/b\"");
        assertThatThrownBy(() -> trainer().student("a", student).studentCalls("b", CallLimits.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no student by the name b, only [a]; name it before its limits");
        assertThatThrownBy(() -> trainer().answersPerInstruction(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("answersPerInstruction must be at least 1, got 0");
        assertThatThrownBy(() -> trainer()
                        .student(student)
                        .validationStudent("b", student)
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("students of validations need validation tasks: call validation(...), or leave"
                        + " validationStudent out");
        try (AnswerStore store = AnswerStore.open(directory.resolve("answers.sqlite"))) {
            WstTrainerBuilder nameless = trainer()
                    .student("a", student)
                    .student("b", advice -> Answer.of("0"))
                    .answers(store);
            assertThatThrownBy(nameless::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "answers are shared under the name of the student's model, and the student b does not say"
                                    + " it; implement StudentClient.call, or leave answers(...) out: a run keeps its own");
        }
    }
}
