package dev.wst.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.BudgetSpentException;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.ModelCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {
    private static final OptionalInt UNKNOWN = OptionalInt.empty();
    private static final PriceTable PRICES = PriceTable.in("USD").with("small", "2", "10");
    private static final ModelCall CALL = new ModelCall("small", "question", 100, OptionalInt.of(50));
    private static final ModelCall ENDLESS = new ModelCall("small", "question", 100, UNKNOWN);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    private static Ledger ledger(Budget budget) {
        return Ledger.of(budget, Journal.none());
    }

    private static Cost cost(long calls, long input, long output, String money) {
        return new Cost(calls, input, output, new BigDecimal(money), 0);
    }

    @Test
    void an_answered_call_costs_what_was_reported() {
        Ledger ledger = ledger(Budget.unlimited().withPrices(PRICES));
        ledger.reserve(CALL).settle(OptionalInt.of(80), OptionalInt.of(7));
        assertThat(ledger.spent().cost()).isEqualTo(cost(1, 80, 7, "0.00023"));
    }

    @Test
    void what_was_not_reported_costs_its_bound() {
        Ledger ledger = ledger(Budget.unlimited().withPrices(PRICES));
        ledger.reserve(CALL).settle(UNKNOWN, OptionalInt.of(7));
        assertThat(ledger.spent().cost()).isEqualTo(cost(1, 100, 7, "0.00027"));
        ledger.reserve(CALL).settle(OptionalInt.of(80), UNKNOWN);
        assertThat(ledger.spent().cost()).isEqualTo(cost(2, 180, 57, "0.00093"));
    }

    @Test
    void a_negative_count_is_no_report() {
        Ledger ledger = ledger(Budget.unlimited());
        ledger.reserve(CALL).settle(OptionalInt.of(-1), OptionalInt.of(-1));
        assertThat(ledger.spent().cost()).isEqualTo(cost(1, 100, 50, "0"));
    }

    @Test
    void output_that_nobody_counted_or_bounded_is_told() {
        Ledger ledger = ledger(Budget.unlimited().withCalls(10));
        ledger.reserve(ENDLESS).settle(UNKNOWN, UNKNOWN);
        assertThat(ledger.spent().cost()).isEqualTo(new Cost(1, 100, 0, BigDecimal.ZERO, 1));
        ledger.reserve(ENDLESS).settle(UNKNOWN, OptionalInt.of(7));
        assertThat(ledger.spent().cost()).isEqualTo(new Cost(2, 200, 7, BigDecimal.ZERO, 1));
    }

    @Test
    void a_refused_call_costs_a_call_and_one_that_broke_off_its_bound() {
        Ledger ledger = ledger(Budget.unlimited().withPrices(PRICES));
        ledger.reserve(CALL).failed(false);
        assertThat(ledger.spent().cost()).isEqualTo(cost(1, 0, 0, "0"));
        ledger.reserve(CALL).failed(true);
        assertThat(ledger.spent().cost()).isEqualTo(cost(2, 100, 50, "0.0007"));
    }

    @Test
    void a_call_that_was_never_made_costs_nothing() {
        Ledger ledger = ledger(Budget.unlimited().withCalls(1));
        ledger.reserve(CALL).cancel();
        ledger.reserve(CALL).settle(UNKNOWN, UNKNOWN);
        assertThat(ledger.spent().cost().calls()).isEqualTo(1);
    }

    @Test
    void only_the_first_word_on_a_call_counts() {
        Ledger ledger = ledger(Budget.unlimited().withCalls(2));
        Reservation reservation = ledger.reserve(CALL);
        reservation.failed(true);
        reservation.settle(OptionalInt.of(1), OptionalInt.of(1));
        reservation.cancel();
        assertThat(ledger.spent().cost()).isEqualTo(cost(1, 100, 50, "0"));
        ledger.reserve(CALL);
        assertThatThrownBy(() -> ledger.reserve(CALL)).isInstanceOf(BudgetSpentException.class);
    }

    @Test
    void a_call_beyond_the_budget_of_calls_is_refused() {
        Ledger ledger = ledger(Budget.unlimited().withCalls(2));
        ledger.reserve(CALL).settle(UNKNOWN, UNKNOWN);
        Reservation underWay = ledger.reserve(CALL);
        assertThatThrownBy(() -> ledger.reserve(CALL))
                .isInstanceOf(BudgetSpentException.class)
                .hasMessage(
                        "the budget of 2 calls has no room for another call: 2 are spent or reserved, and the call may"
                                + " take 1");
        underWay.cancel();
        ledger.reserve(CALL);
    }

    @Test
    void a_call_beyond_the_budget_of_tokens_is_refused() {
        Ledger ledger = ledger(Budget.unlimited().withTokens(400));
        ledger.reserve(CALL);
        ledger.reserve(CALL);
        assertThatThrownBy(() -> ledger.reserve(CALL))
                .isInstanceOf(BudgetSpentException.class)
                .hasMessage(
                        "the budget of 400 tokens has no room for another call: 300 are spent or reserved, and the call"
                                + " may take 150");
    }

    @Test
    void a_call_beyond_the_budget_of_money_is_refused() {
        Ledger ledger = ledger(Budget.unlimited().withMoney("0.001", PRICES));
        ledger.reserve(CALL);
        assertThatThrownBy(() -> ledger.reserve(CALL))
                .isInstanceOf(BudgetSpentException.class)
                .hasMessage(
                        "the budget of 0.001 USD has no room for another call: 0.0007 are spent or reserved, and the"
                                + " call may take 0.0007");
    }

    @Test
    void the_budget_can_be_used_up_to_the_last_token() {
        Ledger ledger = ledger(Budget.unlimited().withCalls(2).withTokens(300).withMoney("0.0014", PRICES));
        ledger.reserve(CALL);
        ledger.reserve(CALL).settle(UNKNOWN, UNKNOWN);
        assertThat(ledger.spent().cost()).isEqualTo(cost(1, 100, 50, "0.0007"));
    }

    @Test
    void a_call_is_refused_once_the_time_is_up() {
        Ledger ledger = Ledger.of(Budget.unlimited().withTime(Duration.ofHours(1)), Journal.none(), now::get);
        now.set(Instant.EPOCH.plusSeconds(3_599));
        ledger.reserve(CALL);
        now.set(Instant.EPOCH.plusSeconds(3_600));
        assertThatThrownBy(() -> ledger.reserve(CALL))
                .isInstanceOf(BudgetSpentException.class)
                .hasMessage("the budget of PT1H is used up: the run has taken PT1H");
    }

    @Test
    void a_clock_that_is_set_back_takes_no_time_away() {
        Ledger ledger = Ledger.of(Budget.unlimited(), Journal.none(), now::get);
        now.set(Instant.EPOCH.minusSeconds(1));
        assertThat(ledger.spent().time()).isZero();
    }

    @Test
    void output_without_a_bound_is_refused_where_tokens_or_money_are_bounded() {
        assertThatThrownBy(() -> ledger(Budget.unlimited().withTokens(1_000)).reserve(ENDLESS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "a budget of tokens needs calls whose output is bounded, and nothing bounds that of the model"
                                + " small; set maxOutputTokens on its chat model, or give the run a budget of calls");
        assertThatThrownBy(
                        () -> ledger(Budget.unlimited().withMoney("1", PRICES)).reserve(ENDLESS.withModel("")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("a budget of money needs calls whose output is bounded, and nothing bounds that of a model"
                        + " without a name; set maxOutputTokens on its chat model, or give the run a budget of calls");
        ledger(Budget.unlimited().withCalls(1).withPrices(PRICES)).reserve(ENDLESS);
    }

    @Test
    void a_model_without_a_price_is_refused() {
        Ledger ledger = ledger(Budget.unlimited().withPrices(PRICES));
        assertThatThrownBy(() -> ledger.reserve(CALL.withModel("large")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the price table has no price for the model large; it has small. Add it; a model that costs"
                        + " nothing has the price 0");
    }

    @Test
    void a_ledger_goes_on_where_the_journal_ends() {
        Journal journal = new InMemory();
        Budget budget = Budget.unlimited().withCalls(3);
        Ledger first = Ledger.of(budget, journal, now::get);
        first.reserve(CALL).settle(OptionalInt.of(10), OptionalInt.of(5));
        now.set(Instant.EPOCH.plusSeconds(5));
        first.reserve(CALL);
        // It dies here: nobody knows what became of the second call.
        Ledger second = Ledger.of(budget, journal, now::get);
        assertThat(second.spent()).isEqualTo(new Spent(cost(2, 110, 55, "0"), Duration.ofSeconds(5)));
        second.reserve(CALL);
        assertThatThrownBy(() -> second.reserve(CALL)).isInstanceOf(BudgetSpentException.class);
        now.set(Instant.EPOCH.plusSeconds(9));
        assertThat(second.spent().time()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void a_ledger_that_notes_at_its_end_leaves_what_was_paid() {
        InMemory journal = new InMemory();
        Ledger ledger = Ledger.of(Budget.unlimited(), journal, now::get);
        ledger.reserve(CALL).settle(OptionalInt.of(10), OptionalInt.of(5));
        assertThat(journal.last().orElseThrow().cost()).isEqualTo(cost(1, 100, 50, "0"));
        ledger.note();
        assertThat(journal.last().orElseThrow().cost()).isEqualTo(cost(1, 10, 5, "0"));
    }

    @Test
    void a_total_that_cannot_be_noted_reserves_nothing() {
        Ledger ledger = Ledger.of(Budget.unlimited().withCalls(1), new InMemory() {
            private boolean isFull = true;

            @Override
            public void note(Spent total) {
                if (isFull) {
                    isFull = false;
                    throw new EnvironmentException("the disk is full");
                }
                super.note(total);
            }
        });
        assertThatThrownBy(() -> ledger.reserve(CALL)).isInstanceOf(EnvironmentException.class);
        ledger.reserve(CALL);
    }

    private static class InMemory implements Journal {
        private Optional<Spent> noted = Optional.empty();

        @Override
        public Optional<Spent> last() {
            return noted;
        }

        @Override
        public void note(Spent total) {
            noted = Optional.of(total);
        }
    }

    /** A provider that counts what it is asked for. */
    private static final class Provider {
        final AtomicLong calls = new AtomicLong();
        final AtomicLong tokens = new AtomicLong();
        /** In hundred-thousandths of a cent: 2 for a token in, 10 for one out. */
        final AtomicLong money = new AtomicLong();

        void answer(Reservation reservation, ModelCall call, SplittableRandom random, boolean reports) {
            int input = 1 + random.nextInt(call.inputTokens());
            int output = 1 + random.nextInt(call.outputTokens().orElseThrow());
            int fate = random.nextInt(10);
            calls.incrementAndGet();
            if (fate == 0) {
                reservation.failed(false);
                return;
            }
            tokens.addAndGet(input + output);
            money.addAndGet(2L * input + 10L * output);
            if (fate == 1) {
                reservation.failed(true);
            } else if (reports) {
                reservation.settle(OptionalInt.of(input), OptionalInt.of(output));
            } else {
                reservation.settle(UNKNOWN, UNKNOWN);
            }
        }
    }

    /** In each line another of the three bounds is reached first. */
    @ParameterizedTest
    @CsvSource({
        "2000, 9000000, 90000000, true",
        "9000, 600000, 90000000, true",
        "9000, 9000000, 3000000, true",
        "2000, 9000000, 90000000, false",
        "9000, 600000, 90000000, false",
        "9000, 9000000, 3000000, false"
    })
    void ten_thousand_calls_at_once_never_pass_the_cap(long mostCalls, long mostTokens, long mostMoney, boolean reports)
            throws InterruptedException, ExecutionException {
        Budget budget = Budget.unlimited()
                .withCalls(mostCalls)
                .withTokens(mostTokens)
                .withMoney(BigDecimal.valueOf(mostMoney, 6).toPlainString(), PRICES);
        List<Spent> totals = new ArrayList<>();
        Ledger ledger = Ledger.of(budget, new InMemory() {
            @Override
            public void note(Spent total) {
                totals.add(total);
            }
        });
        Provider provider = new Provider();
        AtomicLong refused = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            SplittableRandom random = new SplittableRandom(i);
            all.add(threads.submit(() -> {
                ModelCall call = new ModelCall(
                        "small", "question", 1 + random.nextInt(300), OptionalInt.of(1 + random.nextInt(300)));
                try {
                    provider.answer(ledger.reserve(call), call, random, reports);
                } catch (BudgetSpentException e) {
                    refused.incrementAndGet();
                }
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        assertThat(totals).isNotEmpty().allSatisfy(total -> {
            assertThat(total.cost().calls()).isLessThanOrEqualTo(mostCalls);
            assertThat(total.cost().tokens()).isLessThanOrEqualTo(mostTokens);
            assertThat(total.cost().money()).isLessThanOrEqualTo(BigDecimal.valueOf(mostMoney, 6));
        });
        Cost spent = ledger.spent().cost();
        assertThat(refused).hasPositiveValue();
        assertThat(provider.calls.get()).isEqualTo(spent.calls()).isEqualTo(10_000 - refused.get());
        assertThat(provider.tokens.get()).isLessThanOrEqualTo(spent.tokens());
        assertThat(BigDecimal.valueOf(provider.money.get(), 6)).isLessThanOrEqualTo(spent.money());
        // One of the bounds is nearly reached: less is left of it than the calls at once may take.
        assertThat(spent.calls() == mostCalls
                        || spent.tokens() > mostTokens - 600 * 17
                        || spent.money().movePointRight(6).longValueExact() > mostMoney - 3_600 * 17)
                .as("%s", spent)
                .isTrue();
    }
}
