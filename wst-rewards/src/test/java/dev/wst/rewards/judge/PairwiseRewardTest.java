package dev.wst.rewards.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.rewards.StudentAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PairwiseRewardTest {
    private static final String CRITERIA = "Which is right?";

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static Attempt attempt(String answer) {
        return Attempt.of(Task.of("t1", "q", "reference"), Instruction.fixed("i"), Answer.of(answer));
    }

    private PairwiseReward against(FakeModel model, JudgeOptions options) {
        return PairwiseReward.againstReference(Judge.of(model, "fake", threads).with(options), CRITERIA);
    }

    /** A model with a word for each order: ours first, theirs first. */
    private static FakeModel saying(Function<Boolean, String> word) {
        return FakeModel.plain(
                asked -> asked.line(word.apply(asked.exhibit("answer A").equals("ours"))));
    }

    @ParameterizedTest
    @CsvSource({
        "A,   B,   1,    1",
        "B,   A,   0,    1",
        "tie, tie, 0.5,  1",
        "A,   A,   0.5,  0",
        "B,   B,   0.5,  0",
        "A,   tie, 0.75, 0",
        "tie, A,   0.25, 0",
    })
    void both_orders_are_asked_and_averaged(String oursFirst, String theirsFirst, double value, double agreement) {
        FakeModel model = saying(ours -> ours ? oursFirst : theirsFirst);
        Reward reward = against(model, JudgeOptions.defaults()).score(attempt("ours"));
        assertThat(reward.value()).isEqualTo(value);
        assertThat(reward.parts()).containsEntry("agreement", agreement).containsEntry("votes", 1.0);
        assertThat(model.asked()).hasSize(2);
        assertThat(model.asked().stream().map(asked -> asked.exhibit("answer B")))
                .containsExactlyInAnyOrder("ours", "reference");
    }

    @Test
    void a_vote_without_one_of_its_orders_did_not_come() {
        FakeModel model = saying(ours -> ours ? "A" : "neither");
        Reward reward = against(model, JudgeOptions.defaults().withVotes(2, 1)).score(attempt("ours"));
        assertThat(reward.isScored()).isFalse();
        assertThat(reward.reason()).contains("0 of 2 votes").contains("not one of A, B, tie");
    }

    @Test
    void equal_answers_tie_without_a_call() {
        FakeModel model = saying(ours -> "A");
        assertThat(against(model, JudgeOptions.defaults())
                        .score(attempt(" reference<think>x</think>\n"))
                        .value())
                .isEqualTo(0.5);
        assertThat(model.asked()).isEmpty();
    }

    @Test
    void an_answer_that_shows_nothing_loses_without_a_call() {
        FakeModel model = saying(ours -> "A");
        Reward reward = against(model, JudgeOptions.defaults()).score(attempt("<think>long"));
        assertThat(reward.value()).isZero();
        assertThat(reward.parts()).containsEntry("blank", 1.0);
        assertThat(against(model, JudgeOptions.defaults())
                        .score(attempt("reference"))
                        .parts())
                .containsEntry("blank", 0.0);
        assertThat(model.asked()).isEmpty();
    }

    @Test
    void the_uninstructed_answer_is_asked_for_once_a_task() {
        AtomicInteger calls = new AtomicInteger();
        StudentClient student = advice -> {
            assertThat(advice.instruction().isEmpty()).isTrue();
            calls.incrementAndGet();
            return Answer.of("bare");
        };
        FakeModel model =
                FakeModel.plain(asked -> asked.line(asked.exhibit("answer A").equals("bare") ? "B" : "A"));
        PairwiseReward reward = PairwiseReward.againstUninstructed(
                Judge.of(model, "fake", threads), CRITERIA, StudentAccess.of(student, threads));
        List<Attempt> attempts = List.of(attempt("one"), attempt("two"), attempt("bare"));
        assertThat(reward.scoreAll(attempts).toCompletableFuture().join())
                .extracting(Reward::value)
                .containsExactly(1.0, 1.0, 0.5);
        assertThat(calls).hasValue(1);
        reward.guidedByReference().score(attempt("three"));
        assertThat(calls).hasValue(1);
        assertThat(model.asked().get(model.asked().size() - 1).exhibit("reference answer"))
                .isEqualTo("reference");
    }

    @Test
    void the_uninstructed_answers_of_a_batch_are_asked_for_as_a_batch() {
        List<Integer> batches = new ArrayList<>();
        StudentClient student = new StudentClient() {
            @Override
            public Answer answer(Advice advice) {
                throw new AssertionError("asked one by one");
            }

            @Override
            public Optional<List<Answer>> answerTogether(List<Advice> batch) {
                if (!batch.isEmpty()) {
                    batches.add(batch.size());
                }
                return Optional.of(batch.stream()
                        .map(advice -> Answer.of("bare " + advice.task().id()))
                        .toList());
            }
        };
        FakeModel model =
                FakeModel.plain(asked -> asked.line(asked.exhibit("answer A").startsWith("bare b") ? "A" : "B"));
        PairwiseReward reward = PairwiseReward.againstUninstructed(
                Judge.of(model, "fake", threads), CRITERIA, StudentAccess.of(student, threads));
        List<Attempt> attempts = List.of(at("a", "bare bone"), at("b", "x"), at("a", "bare a"));
        assertThat(reward.scoreAll(attempts).toCompletableFuture().join())
                .extracting(Reward::value)
                .containsExactly(1.0, 0.0, 0.5);
        assertThat(batches).containsExactly(2);
    }

    private static Attempt at(String id, String answer) {
        return Attempt.of(Task.of(id, "q"), Instruction.fixed("i"), Answer.of(answer));
    }

    @Test
    void a_student_that_cannot_be_asked_is_no_verdict() {
        StudentAccess closed = StudentAccess.of(advice -> Answer.of("bare"), work -> {
            throw new RejectedExecutionException("closed");
        });
        PairwiseReward reward = PairwiseReward.againstUninstructed(
                Judge.of(FakeModel.plain(asked -> asked.line("A")), "fake", threads), CRITERIA, closed);
        assertThat(reward.score(attempt("one")).reason())
                .contains("no answer to compare with")
                .contains("closed");
    }

    @Test
    void no_answer_to_compare_with_is_no_verdict_and_is_asked_for_again() {
        AtomicInteger calls = new AtomicInteger();
        StudentClient student = advice -> {
            if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("down");
            }
            return Answer.of("bare");
        };
        FakeModel model = FakeModel.plain(asked -> asked.line("tie"));
        PairwiseReward reward = PairwiseReward.againstUninstructed(
                Judge.of(model, "fake", threads), CRITERIA, StudentAccess.of(student, threads));
        assertThat(reward.score(attempt("one")).reason())
                .contains("no answer to compare with")
                .contains("down");
        assertThat(reward.score(attempt("one")).value()).isEqualTo(0.5);
    }

    @Test
    void a_task_without_reference_is_a_mistake_of_the_caller() {
        Attempt bare = Attempt.of(Task.of("t7", "q"), Instruction.none(), Answer.of("a"));
        assertThatThrownBy(() ->
                        against(saying(ours -> "A"), JudgeOptions.defaults()).score(bare))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task t7 has no reference");
        assertThatThrownBy(() ->
                        against(saying(ours -> "A"), JudgeOptions.defaults()).scoreAll(List.of(bare)))
                .hasMessageContaining("task t7");
    }
}
