package dev.wst.rewards.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RateLimitException;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.BudgetSpentException;
import dev.wst.EnvironmentException;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Budget;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.budget.PriceTable;
import dev.wst.calls.CallLimits;
import dev.wst.calls.Verdicts;
import dev.wst.rewards.Rewards;
import dev.wst.rewards.StudentAccess;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replies of a judge that are kept, and calls of a judge that are paid. */
@Timeout(60)
class PaidJudgeTest {
    private static final Rubric RUBRIC = Rubric.of("The answer is right.").withScale(1, 5);
    private static final JudgeOptions OPTIONS = JudgeOptions.defaults()
            .withLimits(CallLimits.defaults().withRetries(2))
            .withRetryDelay(Duration.ofMillis(1));

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path directory;

    private AnswerStore store;

    @BeforeEach
    void open() {
        store = AnswerStore.open(directory.resolve("answers.sqlite"));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        store.close();
    }

    private Judge judge(FakeModel model) {
        return Judge.of(model, "fake-1", threads).with(OPTIONS);
    }

    private static Attempt attempt(String answer) {
        return Attempt.of(Task.of("t1", "How much is 1 + 1?", "2"), Instruction.none(), Answer.of(answer));
    }

    private static Ledger calls(long most) {
        return Ledger.of(Budget.unlimited().withCalls(most), Journal.none());
    }

    /** A model with these replies, each once; LIMIT stands for a call that is refused. */
    private static FakeModel saying(String... replies) {
        Iterator<String> left = List.of(replies).iterator();
        return FakeModel.plain(asked -> {
            String reply = left.next();
            if (reply.equals("LIMIT")) {
                throw new RateLimitException("too many requests");
            }
            return reply.length() == 1 ? asked.line(reply) : reply;
        });
    }

    @Test
    void what_a_judge_said_is_not_asked_again() {
        Reward first = RubricReward.of(judge(saying("4")).keptIn(store), RUBRIC).score(attempt("two"));
        Reward second = RubricReward.of(judge(saying()).keptIn(store), RUBRIC).score(attempt("two"));
        assertThat(first.value()).isEqualTo(0.75);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void votes_stay_as_many_rulings() {
        Reward first = RubricReward.of(
                        judge(saying("1", "2", "5"))
                                .with(OPTIONS.withVotes(3, 3))
                                .keptIn(store),
                        RUBRIC)
                .score(attempt("two"));
        Reward second = RubricReward.of(
                        judge(saying()).with(OPTIONS.withVotes(3, 3)).keptIn(store), RUBRIC)
                .score(attempt("two"));
        assertThat(first.parts()).containsEntry("spread", 4.0);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void replies_that_are_no_verdict_are_kept_too() {
        FakeModel model = saying("Hm.", "   ", "5");
        Reward first = RubricReward.of(judge(model).keptIn(store), RUBRIC).score(attempt("two"));
        assertThat(model.asked()).hasSize(3);
        assertThat(RubricReward.of(judge(saying()).keptIn(store), RUBRIC).score(attempt("two")))
                .isEqualTo(first);
        Reward none = RubricReward.of(judge(saying("Hm.", "Hm.", "Hm.")).keptIn(store), RUBRIC)
                .score(attempt("three"));
        assertThat(none.reason()).contains("Hm.");
        assertThat(RubricReward.of(judge(saying()).keptIn(store), RUBRIC).score(attempt("three")))
                .isEqualTo(none);
    }

    @Test
    void a_silent_reply_says_how_it_ended() {
        assertThat(RubricReward.of(judge(saying("  ", "  ", "  ")), RUBRIC)
                        .score(attempt("two"))
                        .reason())
                .isEqualTo("0 of 1 votes of fake-1 came, 1 are needed: the judge sent no text (it ended by UNKNOWN)");
    }

    @Test
    void calls_that_fail_change_no_verdict_and_are_not_kept() {
        Reward calm = RubricReward.of(judge(saying("Hm.", "Hm.", "4")), RUBRIC).score(attempt("two"));
        Reward stormy = RubricReward.of(
                        judge(saying("LIMIT", "Hm.", "LIMIT", "Hm.", "4")).keptIn(store), RUBRIC)
                .score(attempt("two"));
        assertThat(stormy).isEqualTo(calm);
        assertThat(RubricReward.of(judge(saying()).keptIn(store), RUBRIC).score(attempt("two")))
                .isEqualTo(calm);
    }

    @Test
    void after_a_call_that_failed_the_same_is_asked() {
        FakeModel model = saying("LIMIT", "4");
        RubricReward.of(judge(model), RUBRIC).score(attempt("two"));
        assertThat(model.asked().get(1).request())
                .isEqualTo(model.asked().get(0).request());
    }

    @Test
    void a_judge_of_another_name_is_asked_itself() {
        RubricReward.of(judge(saying("4")).keptIn(store), RUBRIC).score(attempt("two"));
        Judge other = Judge.of(saying("1"), "fake-2", threads).with(OPTIONS).keptIn(store);
        assertThat(RubricReward.of(other, RUBRIC).score(attempt("two")).value()).isZero();
    }

    @Test
    void every_try_is_paid() {
        Ledger ledger = calls(10);
        RubricReward.of(judge(saying("LIMIT", "Hm.", "4")).paidFrom(ledger), RUBRIC)
                .score(attempt("two"));
        assertThat(ledger.spent().cost().calls()).isEqualTo(3);
        assertThat(ledger.spent().cost().uncounted()).isEqualTo(2);
    }

    @Test
    void a_model_without_a_name_has_the_price_of_the_judge() {
        PriceTable prices = PriceTable.in("USD").with("fake-1", "1", "1");
        Ledger ledger = Ledger.of(Budget.unlimited().withPrices(prices), Journal.none());
        RubricReward.of(judge(saying("4")).paidFrom(ledger), RUBRIC).score(attempt("two"));
        assertThat(ledger.spent().cost().money()).isPositive();
    }

    @Test
    void a_reply_that_was_filtered_may_have_cost_something() {
        Ledger ledger = calls(10);
        FakeModel filtered = FakeModel.plain(asked -> {
            throw new ContentFilteredException("filtered");
        });
        RubricReward.of(judge(filtered).paidFrom(ledger), RUBRIC).score(attempt("two"));
        assertThat(ledger.spent().cost().inputTokens()).isPositive();
    }

    @Test
    void a_judge_that_could_not_be_reached_costs_nothing_and_one_that_broke_off_its_bound() {
        Ledger ledger = calls(10);
        FakeModel gone = FakeModel.plain(asked -> {
            throw new LangChain4jException("gone", new ConnectException("refused"));
        });
        RubricReward.of(judge(gone).paidFrom(ledger), RUBRIC).score(attempt("two"));
        assertThat(ledger.spent().cost().calls()).isZero();
        FakeModel broken = FakeModel.plain(asked -> {
            throw new LangChain4jException("broken", new IOException("reset"));
        });
        RubricReward.of(judge(broken).paidFrom(ledger), RUBRIC).score(attempt("two"));
        assertThat(ledger.spent().cost().calls()).isEqualTo(3);
        assertThat(ledger.spent().cost().inputTokens()).isPositive();
    }

    @Test
    void what_is_kept_is_not_paid_again() {
        Ledger ledger = calls(1);
        RubricReward.of(judge(saying("4")).keptIn(store).paidFrom(ledger), RUBRIC)
                .score(attempt("two"));
        RubricReward.of(judge(saying()).paidFrom(ledger).keptIn(store), RUBRIC).score(attempt("two"));
        assertThat(ledger.spent().cost().calls()).isEqualTo(1);
    }

    @Test
    void a_budget_that_is_spent_is_no_missing_verdict() {
        RewardFunction reward = RubricReward.of(judge(saying("4", "4")).paidFrom(calls(2)), RUBRIC);
        List<Attempt> attempts = List.of(attempt("one"), attempt("two"), attempt("three"));
        assertThatThrownBy(() -> new Verdicts(reward, Duration.ofMinutes(1)).of(attempts))
                .isInstanceOf(BudgetSpentException.class)
                .hasMessage(
                        "the budget of 2 calls has no room for another call: 2 are spent or reserved, and the call may"
                                + " take 1");
    }

    @Test
    void a_budget_that_is_spent_is_thrown_as_it_is_where_a_reward_is_asked_alone() {
        Judge judge = judge(saying()).paidFrom(calls(0));
        for (RewardFunction reward :
                List.of(RubricReward.of(judge, RUBRIC), PairwiseReward.againstReference(judge, "The better one."))) {
            assertThatThrownBy(() -> reward.score(attempt("one"))).isInstanceOf(BudgetSpentException.class);
        }
    }

    @Test
    void a_budget_that_is_spent_ends_a_combination_too() {
        Judge judge = judge(saying()).paidFrom(calls(0));
        RewardFunction one = RubricReward.of(judge, RUBRIC);
        for (RewardFunction reward : List.of(
                Rewards.sum().add("judge", one).add("free", attempt -> Reward.of(1)),
                Rewards.of(one).clip(0, 1),
                attempt -> one.score(attempt),
                PairwiseReward.againstReference(judge, "The better one."))) {
            assertThatThrownBy(() -> new Verdicts(reward, Duration.ofMinutes(1)).of(List.of(attempt("two"))))
                    .isInstanceOf(BudgetSpentException.class);
        }
    }

    @Test
    void a_budget_that_the_student_spent_ends_a_comparison_with_it() {
        StudentClient student = new StudentClient() {
            @Override
            public Answer answer(Advice advice) {
                throw new AssertionError("asked in one go");
            }

            @Override
            public Optional<List<Answer>> answerTogether(List<Advice> batch) {
                throw new BudgetSpentException("spent");
            }
        };
        StudentAccess access = StudentAccess.of(student, threads);
        RewardFunction reward = PairwiseReward.againstUninstructed(judge(saying()), "The better one.", access);
        assertThatThrownBy(() -> new Verdicts(reward, Duration.ofMinutes(1)).of(List.of(attempt("two"))))
                .isInstanceOf(BudgetSpentException.class)
                .hasMessage("spent");
    }

    @Test
    void a_store_that_fails_is_no_missing_verdict() throws IOException {
        Files.delete(directory.resolve("answers.sqlite"));
        RewardFunction reward = RubricReward.of(judge(saying("4")).keptIn(store), RUBRIC);
        assertThatThrownBy(() -> new Verdicts(reward, Duration.ofMinutes(1)).of(List.of(attempt("two"))))
                .isInstanceOf(RewardException.class)
                .hasMessageStartingWith("the reward function failed on task t1, sample 0: dev.wst.EnvironmentException:"
                        + " the answer store ")
                .hasCauseInstanceOf(EnvironmentException.class);
    }
}
