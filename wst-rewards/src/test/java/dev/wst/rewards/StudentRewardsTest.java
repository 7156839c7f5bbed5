package dev.wst.rewards;

import static dev.wst.rewards.Attempts.at;
import static dev.wst.rewards.Attempts.verdicts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.BudgetSpentException;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.WstException;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Budget;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.calls.CallLimits;
import dev.wst.calls.Verdicts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StudentRewardsTest {
    private static final ComposableReward VALUE =
            attempt -> attempt.answer().text().equals("?")
                    ? Reward.unscored("no idea")
                    : Reward.of(Double.parseDouble(attempt.answer().text()), Map.of("part", 7.0));

    /** Answers one after another from a list and remembers what it was asked. */
    private static class Scripted implements StudentClient {
        private final List<String> asked = new ArrayList<>();
        private final List<Advice> advice = new ArrayList<>();
        private final ConcurrentLinkedQueue<Answer> answers;

        private Scripted(Answer... answers) {
            this.answers = new ConcurrentLinkedQueue<>(List.of(answers));
        }

        @Override
        public Answer answer(Advice one) {
            throw new AssertionError("asked one by one");
        }

        @Override
        public Optional<List<Answer>> answerTogether(List<Advice> batch) {
            batch.forEach(a -> asked.add(a.task().id() + "<" + a.instruction().text() + ">"));
            advice.addAll(batch);
            return Optional.of(batch.stream().map(a -> answers.remove()).toList());
        }
    }

    private static StudentAccess access(StudentClient student) {
        return StudentAccess.of(student, Runnable::run);
    }

    @Test
    void only_what_the_instruction_added_is_paid() {
        Scripted student = new Scripted(Answer.of("0.25"), Answer.of("1"));
        RewardFunction reward = VALUE.minusBaseline(access(student));
        List<Reward> verdicts =
                verdicts(reward, List.of(at("a", "i", "1"), at("a", "j", "0"), at("b", "k", "1"), at("b", "l", "?")));
        assertThat(student.asked).containsExactly("a<>", "b<>");
        assertThat(verdicts)
                .containsExactly(
                        Reward.of(0.75, Map.of("part", 7.0, "instructed", 1.0, "uninstructed", 0.25)),
                        Reward.of(-0.25, Map.of("part", 7.0, "instructed", 0.0, "uninstructed", 0.25)),
                        Reward.of(0, Map.of("part", 7.0, "instructed", 1.0, "uninstructed", 1.0)),
                        Reward.unscored("no idea"));
        assertThat(reward.score(at("a", "m", "2")).value()).isEqualTo(1.75);
        assertThat(student.asked).hasSize(2);
    }

    @Test
    void a_baseline_that_failed_or_has_no_verdict_is_asked_for_again() {
        Scripted student =
                new Scripted(Answer.failed(Answer.FailureKind.TIMEOUT, "too slow"), Answer.of("?"), Answer.of("0.5"));
        RewardFunction reward = VALUE.minusBaseline(access(student));
        Attempt attempt = at("a", "i", "1");
        assertThat(reward.score(attempt).reason()).isEqualTo("without instruction: no answer: TIMEOUT: too slow");
        assertThat(reward.score(attempt).reason()).isEqualTo("without instruction: no idea");
        assertThat(reward.score(attempt).value()).isEqualTo(0.5);
        assertThat(reward.score(attempt).value()).isEqualTo(0.5);
        assertThat(student.asked).hasSize(3);
    }

    @Test
    void two_batches_under_way_share_one_baseline() {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch answer = new CountDownLatch(1);
        StudentClient student = advice -> {
            calls.incrementAndGet();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Answer.of("0.5");
        };
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            RewardFunction reward = VALUE.minusBaseline(StudentAccess.of(student, threads));
            var first = reward.scoreAll(List.of(at("a", "i", "1"))).toCompletableFuture();
            var second = reward.scoreAll(List.of(at("a", "j", "2"))).toCompletableFuture();
            assertThat(first).isNotDone();
            answer.countDown();
            assertThat(first.join().get(0).value()).isEqualTo(0.5);
            assertThat(second.join().get(0).value()).isEqualTo(1.5);
            assertThat(calls).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_grader_that_throws_on_the_baseline_stops_the_run_and_is_not_remembered() {
        Scripted student = new Scripted(Answer.of("not a number"), Answer.of("0"));
        RewardFunction reward = VALUE.minusBaseline(access(student));
        assertThatThrownBy(() -> reward.score(at("a", "i", "1"))).isInstanceOf(RewardException.class);
        assertThat(reward.score(at("a", "i", "1")).value()).isEqualTo(1);
    }

    @Test
    void an_executor_that_refuses_fails_the_batch() {
        StudentAccess refused = StudentAccess.of(advice -> Answer.of("1"), work -> {
            throw new RejectedExecutionException("closed");
        });
        CompletableFuture<?> pending = VALUE.minusBaseline(refused)
                .scoreAll(List.of(at("a", "i", "1")))
                .toCompletableFuture();
        assertThatThrownBy(pending::join).hasMessageContaining("closed");
    }

    @Test
    void a_student_that_loses_answers_is_refused() {
        StudentClient lossy = new Scripted() {
            @Override
            public Optional<List<Answer>> answerTogether(List<Advice> batch) {
                return Optional.of(List.of());
            }
        };
        assertThatThrownBy(() -> VALUE.averagedOver(3, access(lossy)).score(at("a", "i", "1")))
                .isInstanceOf(WstException.class)
                .hasMessageContaining("gave 0 answers to 2 questions");
    }

    @Test
    void several_answers_to_one_instruction_are_averaged() {
        Scripted student = new Scripted(
                Answer.of("2"), Answer.of("6"), Answer.failed(Answer.FailureKind.ERROR, "broken"), Answer.of("?"));
        List<Reward> verdicts =
                verdicts(VALUE.averagedOver(3, access(student)), List.of(at("a", "i", "1"), at("b", "j", "5")));
        assertThat(student.asked).containsExactly("a<i>", "a<i>", "b<j>", "b<j>");
        assertThat(verdicts)
                .containsExactly(
                        Reward.of(3, Map.of("part", 7.0, "answers", 3.0)),
                        Reward.of(5, Map.of("part", 7.0, "answers", 1.0)));
    }

    @Test
    void each_instruction_gets_the_answers_to_itself() {
        Scripted student = new Scripted(Answer.of("1"), Answer.of("2"), Answer.of("10"), Answer.of("20"));
        List<Reward> verdicts =
                verdicts(VALUE.averagedOver(3, access(student)), List.of(at("a", "i", "3"), at("b", "j", "30")));
        assertThat(verdicts).extracting(Reward::value).containsExactly(2.0, 20.0);
    }

    @Test
    void no_answer_with_a_verdict_is_no_mean() {
        Scripted student = new Scripted(Answer.of("?"));
        assertThat(VALUE.averagedOver(2, access(student))
                        .score(at("a", "i", "?"))
                        .reason())
                .isEqualTo("none of 2 answers has a verdict; the first: no idea");
        assertThatThrownBy(() -> VALUE.averagedOver(1, access(student))).hasMessageContaining("got 1");
    }

    @Test
    void a_later_turn_is_asked_again_with_the_turns_before_it() {
        Scripted student = new Scripted(Answer.of("4"));
        Situation first = Situation.of(Task.of("a", "q"), 3);
        Situation second = first.after(new Advice(first, Instruction.fixed("first")).answered(Answer.of("0")));
        Advice again = new Advice(second, Instruction.fixed("second"));
        Attempt attempt = again.answered(Answer.of("2"));
        assertThat(VALUE.averagedOver(2, access(student)).score(attempt).value())
                .isEqualTo(3);
        assertThat(student.advice).singleElement().satisfies(asked -> {
            assertThat(asked.instruction()).isEqualTo(again.instruction());
            assertThat(asked.situation().earlier()).isEqualTo(second.earlier());
            assertThat(asked.situation().sample()).isNotEqualTo(3);
        });
    }

    @Test
    void access_allows_what_the_trainer_allows_unless_told_otherwise() {
        StudentAccess access = access(new Scripted());
        assertThat(access.limits()).isEqualTo(CallLimits.defaults());
        CallLimits one = new CallLimits(1, Duration.ofSeconds(3), 2);
        assertThat(access.withLimits(one).limits()).isEqualTo(one);
    }

    @Test
    void access_refuses_to_judge_for_another_number_of_advices_than_it_shows() {
        Scripted student = new Scripted();
        Advice asked = Advice.of(Task.of("q", "What?", "2"), Instruction.none());
        assertThatThrownBy(() -> access(student).examine(List.of(asked), List.of(asked, asked), VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 shown and 2 to judge for");
        assertThat(student.advice).isEmpty();
    }

    @Test
    void further_answers_are_kept_as_answers_of_their_own(@TempDir Path directory) {
        Advice first = Advice.of(Task.of("a", "q"), Instruction.fixed("i"));
        Advice second = new Advice(Situation.of(Task.of("a", "q"), 1), Instruction.fixed("i"));
        List<Attempt> attempts = List.of(first.answered(Answer.of("1")), second.answered(Answer.of("5")));
        try (AnswerStore store = AnswerStore.open(directory.resolve("answers.sqlite"))) {
            AtomicInteger asked = new AtomicInteger();
            StudentAccess access = StudentAccess.of(
                            advice -> Answer.of(Integer.toString(asked.incrementAndGet())), Runnable::run)
                    .withLimits(CallLimits.defaults().withConcurrency(1))
                    .keptIn(store);
            List<Reward> means = verdicts(VALUE.averagedOver(3, access), attempts);
            assertThat(means).extracting(Reward::value).containsExactly((1 + 1 + 2) / 3.0, (5 + 3 + 4) / 3.0);
            assertThat(verdicts(VALUE.averagedOver(3, access), attempts)).isEqualTo(means);
            assertThat(asked).hasValue(4);
        }
    }

    @Test
    void a_budget_that_is_spent_ends_what_asks_the_student() {
        StudentAccess access = access(advice -> Answer.of("1"))
                .paidFrom(Ledger.of(Budget.unlimited().withCalls(0), Journal.none()));
        for (RewardFunction reward : List.of(VALUE.minusBaseline(access), VALUE.averagedOver(2, access))) {
            assertThatThrownBy(() -> new Verdicts(reward, Duration.ofMinutes(1)).of(List.of(at("a", "i", "1"))))
                    .isInstanceOf(BudgetSpentException.class)
                    .hasMessage(
                            "the budget of 0 calls has no room for another call: 0 are spent or reserved, and the call"
                                    + " may take 1");
        }
    }
}
