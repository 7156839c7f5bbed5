package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Ending;
import dev.wst.InvalidInputException;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.StudentClient;
import dev.wst.TrainingReport;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Budget;
import dev.wst.budget.Cost;
import dev.wst.budget.PriceTable;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunReader;
import dev.wst.rl.Grpo;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run may use, and what it asks when it was asked before. */
class BudgetAndReplayTest {
    @TempDir
    Path directory;

    private final AtomicInteger asked = new AtomicInteger();

    private final StudentClient student = new StudentClient() {
        @Override
        public Answer answer(Advice advice) {
            asked.incrementAndGet();
            return Answer.of(
                    "to " + advice.instruction().text(), Answer.Finish.STOP, OptionalInt.of(12), OptionalInt.of(3));
        }

        @Override
        public ModelCall call(Advice advice) {
            return new ModelCall("small", ModelCall.of(advice).content(), 20, OptionalInt.of(5));
        }
    };

    private WstTrainerBuilder trainer(String name) {
        return Fixtures.trainer(new Fixtures.TableTeacher(), directory.resolve(name))
                .student(student)
                .reward(attempt -> Reward.of(attempt.answer().text().equals("to word1") ? 1 : 0))
                .clock(() -> Instant.EPOCH)
                .checkpointEvery(1)
                .steps(5);
    }

    private Path run(String name) {
        return directory.resolve(name);
    }

    @Test
    void a_budget_that_is_spent_ends_the_run_and_a_larger_one_goes_on_where_it_was() throws Exception {
        trainer("whole").build().fit();
        int needed = asked.getAndSet(0);
        TrainingReport report =
                trainer("run").budget(Budget.unlimited().withCalls(20)).build().fit();
        assertThat(report.ending()).isEqualTo(Ending.BUDGET_SPENT);
        assertThat(report.steps()).hasSizeLessThan(5);
        assertThat(asked).hasValue(20);
        assertThat(RunReader.open(run("run")).report().orElseThrow().ending()).isEqualTo(Ending.BUDGET_SPENT);
        TrainingReport second = WstTrainer.resume(run("run"))
                .teacher(new Fixtures.TableTeacher())
                .student(student)
                .reward(attempt -> Reward.of(attempt.answer().text().equals("to word1") ? 1 : 0))
                .tasks(Fixtures.tasks(10))
                .algorithm(Grpo.defaults().withLearningRate(2))
                .batch(4)
                .samples(4)
                .seed(5)
                .steps(5)
                .clock(() -> Instant.EPOCH)
                .budget(Budget.unlimited().withCalls(needed))
                .build()
                .fit();
        assertThat(second.ending()).isEqualTo(Ending.FINISHED);
        assertThat(asked).as("both parts together").hasValue(needed);
        for (String name : new String[] {"rollouts.jsonl", "adapter/table.txt"}) {
            assertThat(run("run").resolve(name))
                    .hasSameBinaryContentAs(run("whole").resolve(name));
        }
    }

    @Test
    void a_budget_smaller_than_a_step_is_refused_before_the_first_call() {
        WstTrainer calls =
                trainer("calls").budget(Budget.unlimited().withCalls(15)).build();
        assertThatThrownBy(calls::fit)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("the budget of 15 calls is smaller than what one step may need, 16;");
        PriceTable other = PriceTable.in("USD").with("large", "1", "2");
        WstTrainer money = trainer("money")
                .budget(Budget.unlimited().withMoney("5", other))
                .build();
        assertThatThrownBy(money::fit)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("the price table has no price for the model small; it has large.");
        assertThat(asked).hasValue(0);
        assertThat(run("calls")).doesNotExist();
        assertThat(run("money")).doesNotExist();
    }

    @Test
    void what_a_run_will_need_is_said_before_it_asks() {
        PriceTable prices = PriceTable.in("USD").with("small", "1000", "100000");
        Cost cost = trainer("run")
                .validation(Fixtures.tasks(12).subList(10, 12))
                .validateEvery(2)
                .budget(Budget.unlimited().withPrices(prices))
                .build()
                .estimate();
        // The first question, five steps of sixteen, and validations before, after 2, 4 and 5.
        assertThat(cost.calls()).isEqualTo(1 + 5 * 16 + 4 * 2);
        assertThat(cost.outputTokens()).isEqualTo(cost.calls() * 5);
        assertThat(cost.money())
                .isEqualByComparingTo(BigDecimal.valueOf(cost.inputTokens() * 1000 + cost.outputTokens() * 100_000)
                        .movePointLeft(6));
        assertThat(asked).hasValue(0);
    }

    /** Asks two models about each attempt, one of them twice. */
    private static final RewardFunction JUDGES = new RewardFunction() {
        @Override
        public Reward score(Attempt attempt) {
            throw new AssertionError("nothing is judged");
        }

        @Override
        public List<ModelCall> calls(Attempt attempt) {
            ModelCall grader = new ModelCall(
                    "grader",
                    "",
                    attempt.task().prompt().length() + attempt.answer().text().length(),
                    OptionalInt.of(7));
            return List.of(grader, new ModelCall("checker", "", 1, OptionalInt.of(1)), grader);
        }
    };

    @Test
    void what_the_reward_and_each_student_will_ask_is_said_by_name() {
        StudentClient falling = new StudentClient() {
            @Override
            public Answer answer(Advice advice) {
                throw new AssertionError("nobody is asked");
            }

            @Override
            public ModelCall call(Advice advice) {
                return new ModelCall("first", "", 20, OptionalInt.of(5));
            }

            @Override
            public List<ModelCall> furtherCalls(Advice advice) {
                return List.of(new ModelCall("second", "", 20, OptionalInt.of(9)));
            }
        };
        Map<String, Cost> costs = named("run", falling)
                .reward(JUDGES)
                .validation(Fixtures.tasks(12).subList(10, 12))
                .build()
                .estimateByCaller();
        // Two answers of each student to sixteen instructions in five steps, and to two tasks twice.
        long answers = 1 + 2 * 16 * 5 + 2 * 2 * 2;
        long attempts = 2 * (2 * 16 * 5) + 3 * (2 * 2 * 2);
        assertThat(costs.keySet())
                .containsExactly(
                        "student a", "student b", "validation student large", "reward: grader", "reward: checker");
        assertThat(of("student a", costs).calls()).isEqualTo(answers);
        assertThat(of("student b", costs).calls()).isEqualTo(2 * answers);
        assertThat(of("student b", costs).outputTokens()).isEqualTo((5 + 9) * answers);
        assertThat(of("validation student large", costs).calls()).isEqualTo(1 + 2 * 2 * 2);
        assertThat(of("reward: checker", costs).calls()).isEqualTo(attempts);
        assertThat(of("reward: grader", costs).calls()).isEqualTo(2 * attempts);
        assertThat(of("reward: grader", costs).outputTokens()).isEqualTo(7 * 2 * attempts);
        assertThat(of("reward: grader", costs).inputTokens())
                .isGreaterThanOrEqualTo(2 * attempts * ("an odd question 1".length() + 5));
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_reward_is_priced_where_the_run_pays_for_it() {
        PriceTable prices = PriceTable.in("USD").with("small", "1", "1").with("grader", "1000", "1000");
        WstTrainerBuilder free =
                trainer("run").reward(JUDGES).budget(Budget.unlimited().withPrices(prices));
        Map<String, Cost> elsewhere = free.build().estimateByCaller();
        assertThat(of("reward: grader", elsewhere).money()).isZero();
        assertThat(of("student", elsewhere).money()).isPositive();
        WstTrainerBuilder unpriced = free.rewardFrom(accounts -> JUDGES);
        assertThatThrownBy(() -> unpriced.build().estimateByCaller())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("the price table has no price for the model checker");
        Cost sum = free.budget(Budget.unlimited().withPrices(prices.with("checker", "1", "1")))
                .build()
                .estimate();
        assertThat(sum.money()).isGreaterThan(of("student", elsewhere).money());
    }

    private static Cost of(String caller, Map<String, Cost> costs) {
        return Objects.requireNonNull(costs.get(caller), caller);
    }

    private WstTrainerBuilder named(String run, StudentClient second) {
        return Fixtures.trainer(new Fixtures.TableTeacher(), directory.resolve(run))
                .student("a", student)
                .student("b", second)
                .validationStudent("large", student)
                .answersPerInstruction(2)
                .steps(5);
    }

    @Test
    void a_run_is_repeated_from_its_answers_without_a_call() throws Exception {
        trainer("first").build().fit();
        asked.set(0);
        try (AnswerStore kept = AnswerStore.open(run("first").resolve("answers.sqlite"))) {
            trainer("second").replay(kept).build().fit();
        }
        assertThat(asked).hasValue(0);
        assertThat(run("second").resolve("rollouts.jsonl"))
                .hasSameBinaryContentAs(run("first").resolve("rollouts.jsonl"));
    }

    @Test
    void a_question_that_was_not_kept_is_named_and_not_asked() {
        trainer("first").steps(1).build().fit();
        asked.set(0);
        try (AnswerStore kept = AnswerStore.open(run("first").resolve("answers.sqlite"))) {
            WstTrainer other = trainer("second").replay(kept).build();
            assertThatThrownBy(other::fit)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageMatching(
                            "the answers to \\d+ of 16 questions are not kept, and nothing may be asked: the"
                                    + " first is task t\\d, sample \\d \\(\"[^\"]+\"\\), with the instruction \"word\\d\"; allow asking, or repeat"
                                    + " the run with the configuration that its answers are of");
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void answers_are_shared_between_runs_of_students_with_a_name() {
        try (AnswerStore shared = AnswerStore.open(directory.resolve("shared.sqlite"))) {
            trainer("first").answers(shared).build().fit();
            int first = asked.getAndSet(0);
            trainer("second").answers(shared).build().fit();
            assertThat(first).isPositive();
            assertThat(asked).hasValue(0);
            assertThat(run("second").resolve("answers.sqlite")).doesNotExist();
            WstTrainerBuilder nameless =
                    trainer("third").student(advice -> Answer.of("a")).answers(shared);
            assertThatThrownBy(nameless::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "answers are shared under the name of the student's model, and this student does not say"
                                    + " it; implement StudentClient.call, or leave answers(...) out: a run keeps its own");
        }
    }

    @Test
    void time_is_a_budget_too() {
        AtomicInteger minutes = new AtomicInteger();
        TrainingReport report = trainer("run")
                .clock(() -> Instant.EPOCH.plus(Duration.ofMinutes(minutes.get())))
                .reward(attempt -> {
                    minutes.incrementAndGet();
                    return Reward.of(attempt.instruction().tokenCount());
                })
                .budget(Budget.unlimited().withTime(Duration.ofMinutes(40)))
                .build()
                .fit();
        assertThat(report.ending()).isEqualTo(Ending.BUDGET_SPENT);
        assertThat(report.steps()).hasSize(3);
    }

    @Test
    void what_a_run_recorded_is_read_back() throws Exception {
        TrainingReport report = trainer("run")
                .validation(Fixtures.tasks(12).subList(10, 12))
                .build()
                .fit();
        // As a process leaves it that is killed while it writes.
        for (String name : new String[] {"metrics.jsonl", "rollouts.jsonl"}) {
            Files.writeString(run("run").resolve(name), "{\"step\":7,\"spl", java.nio.file.StandardOpenOption.APPEND);
        }
        RunReader reader = RunReader.open(run("run"));
        assertThat(reader.steps()).isEqualTo(report.steps());
        assertThat(reader.validations()).hasSize(2);
        assertThat(reader.validations().get(1).meanReward())
                .isEqualTo(report.validations().get(1).meanReward());
        assertThat(reader.tasks(RecordedRollout.TRAIN)).isEqualTo(Fixtures.tasks(10));
        assertThat(reader.rollouts()).hasSize(5 * 16 + 2 * 2);
        RecordedRollout first = reader.rollouts().get(2);
        assertThat(first.split()).isEqualTo(RecordedRollout.TRAIN);
        assertThat(first.step()).isEqualTo(1);
        assertThat(first.rollout().attempt().answer().outputTokens()).hasValue(3);
        assertThat(first.rollout().attempt().task()).isIn(Fixtures.tasks(10));
        assertThat(reader.report().orElseThrow().steps()).isEqualTo(5);
        assertThat(reader.report().orElseThrow().description()).isEqualTo(reader.description());
    }
}
