package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.InvalidInputException;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.TrainingReport;
import dev.wst.answers.AnswerKey;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Budget;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.budget.PriceTable;
import dev.wst.calls.Accounts;
import dev.wst.rl.Grpo;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run pays from and keeps its answers in, and who else does. */
class RunAccountsTest {
    @TempDir
    Path directory;

    private final AtomicInteger judged = new AtomicInteger();

    private WstTrainerBuilder trainer(String name) {
        return Fixtures.trainer(new Fixtures.TableTeacher(), directory.resolve(name))
                .student(advice -> Answer.of("to " + advice.instruction().text()))
                .reward(attempt -> Reward.of(1))
                .clock(() -> Instant.EPOCH)
                .steps(2);
    }

    /** A judge whose reply depends on the answer alone, at a call each that no store has. */
    private RewardFunction judge(Accounts accounts) {
        return new RewardFunction() {
            @Override
            public Reward score(Attempt attempt) {
                ModelCall call = new ModelCall("judge", attempt.answer().text(), 10, OptionalInt.of(1));
                AnswerKey key = AnswerKey.of("judge", call, 0);
                AnswerStore store = accounts.answers().orElseThrow();
                String verdict = store.find(key).orElseGet(() -> {
                    accounts.ledger().orElseThrow().reserve(call).settle(OptionalInt.of(10), OptionalInt.of(1));
                    judged.incrementAndGet();
                    return store.keep(key, attempt.answer().text().equals("to word1") ? "1" : "0");
                });
                return Reward.of(Integer.parseInt(verdict));
            }

            @Override
            public void check(Task task) {
                assertThat(accounts).isEqualTo(Accounts.none());
            }

            @Override
            public String toString() {
                return "judge";
            }
        };
    }

    @Test
    void a_budget_beside_a_ledger_is_refused_in_either_order() {
        Ledger ledger = Ledger.of(Budget.unlimited().withCalls(5), Journal.none());
        Budget budget = Budget.unlimited().withCalls(7);
        String message =
                "a run pays from one ledger, got both budget(...) and ledger(...); give the ledger its budget by"
                        + " Ledger.of(budget, journal) and leave budget(...) out, or leave ledger(...) out";
        WstTrainerBuilder withBudget = trainer("a").budget(budget);
        assertThatThrownBy(() -> withBudget.ledger(ledger))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
        WstTrainerBuilder withLedger = trainer("b").ledger(ledger);
        assertThatThrownBy(() -> withLedger.budget(budget))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    @Test
    void a_ledger_that_is_given_says_what_calls_cost_and_whether_a_step_fits() {
        Ledger prices = Ledger.of(
                Budget.unlimited().withPrices(PriceTable.in("USD").with("small", "1000000", "1000000")),
                Journal.none());
        WstTrainerBuilder named = trainer("priced").student(new StudentClient() {
            @Override
            public Answer answer(Advice advice) {
                return Answer.of("a");
            }

            @Override
            public ModelCall call(Advice advice) {
                return new ModelCall("small", "", 1, OptionalInt.of(1));
            }
        });
        assertThat(named.ledger(prices).build().estimate().money()).isGreaterThan(BigDecimal.ZERO);
        WstTrainer small = trainer("small")
                .ledger(Ledger.of(Budget.unlimited().withCalls(15), Journal.none()))
                .build();
        assertThatThrownBy(small::fit)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("the budget of 15 calls is smaller than what one step may need, 16;");
    }

    @Test
    void a_judge_is_paid_from_the_run_s_budget_and_its_replies_stay_in_the_run() {
        TrainingReport report = trainer("run")
                .rewardFrom(this::judge)
                .budget(Budget.unlimited().withCalls(50))
                .build()
                .fit();
        // One first question, two steps of sixteen, and one verdict for each different answer.
        assertThat(judged).hasValueBetween(2, 4);
        assertThat(report.steps().get(1).value("cost/calls")).isEqualTo(1 + 2 * 16 + judged.get());
        int first = judged.getAndSet(0);
        try (AnswerStore kept = AnswerStore.open(directory.resolve("run/answers.sqlite"))) {
            trainer("again").rewardFrom(this::judge).replay(kept).build().fit();
        }
        assertThat(first).isPositive();
        assertThat(judged).hasValue(0);
        assertThat(directory.resolve("again/rollouts.jsonl"))
                .hasSameBinaryContentAs(directory.resolve("run/rollouts.jsonl"));
    }

    @Test
    void a_reward_is_refused_with_the_difference_when_a_run_is_resumed_with_another_parameter() throws IOException {
        trainer("run").reward(new Threshold(0.5)).steps(1).build().fit();
        Files.delete(directory.resolve("run/report.json"));
        WstTrainer other = WstTrainer.resume(directory.resolve("run"))
                .teacher(new Fixtures.TableTeacher())
                .student(advice -> Answer.of("to " + advice.instruction().text()))
                .tasks(Fixtures.tasks(10))
                .algorithm(Grpo.defaults().withLearningRate(2))
                .batch(4)
                .samples(4)
                .seed(5)
                .steps(1)
                .reward(new Threshold(0.75))
                .build();
        assertThatThrownBy(other::fit)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("\n  reward: Threshold[least=0.5] then, Threshold[least=0.75] now");
    }

    private record Threshold(double least) implements RewardFunction {
        @Override
        public Reward score(Attempt attempt) {
            return Reward.of(attempt.instruction().tokenCount() >= least ? 1 : 0);
        }
    }
}
