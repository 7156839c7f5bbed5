package dev.wst.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.InvalidInputException;
import dev.wst.ModelCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
    private static final PriceTable PRICES = PriceTable.in("EUR").with("small", "2", "10");
    private static final ModelCall CALL = new ModelCall("small", "question", 100, OptionalInt.of(50));

    @Test
    void equal_calls_need_at_most_as_many_times_their_bound() {
        assertThat(Budget.unlimited().withPrices(PRICES).most(CALL, 64))
                .isEqualTo(new Cost(64, 6_400, 3_200, new BigDecimal("0.0448"), 0));
        assertThat(Budget.unlimited().most(CALL, 0)).isEqualTo(Cost.NONE);
    }

    @Test
    void output_without_a_bound_is_told_in_what_is_needed() {
        assertThat(Budget.unlimited().withCalls(9).most(new ModelCall("small", "q", 100, OptionalInt.empty()), 3))
                .isEqualTo(new Cost(3, 300, 0, BigDecimal.ZERO, 3));
    }

    @Test
    void a_budget_smaller_than_a_step_is_refused_before_the_first_call() {
        Cost step = Budget.unlimited().withPrices(PRICES).most(CALL, 64);
        assertThatThrownBy(() -> Budget.unlimited().withCalls(63).check(step, "the first step"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "the budget of 63 calls is smaller than what the first step may need, 64; raise it, or ask for"
                                + " less: fewer tasks and samples a step, or a lower maxOutputTokens");
        assertThatThrownBy(() -> Budget.unlimited().withTokens(9_599).check(step, "the first step"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "the budget of 9599 tokens is smaller than what the first step may need, 9600;");
        assertThatThrownBy(() -> Budget.unlimited().withMoney("0.0447", PRICES).check(step, "the first step"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "the budget of 0.0447 EUR is smaller than what the first step may need, 0.0448;");
        Budget.unlimited()
                .withCalls(64)
                .withTokens(9_600)
                .withMoney("0.0448", PRICES)
                .withTime(Duration.ofSeconds(1))
                .check(step, "the first step");
    }

    @Test
    void costs_add_up() {
        Cost one = new Cost(1, 2, 3, new BigDecimal("0.10"), 0);
        Cost other = new Cost(10, 20, 30, new BigDecimal("0.90"), 1);
        assertThat(one.plus(other)).isEqualTo(new Cost(11, 22, 33, BigDecimal.ONE, 1));
        assertThat(one.tokens()).isEqualTo(5);
    }

    @Test
    void values_out_of_range_are_refused() {
        assertThatThrownBy(() -> Budget.unlimited().withCalls(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a budget of calls must be at least 0, got -1");
        assertThatThrownBy(() -> Budget.unlimited().withTokens(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a budget of tokens must be at least 0, got -1");
        assertThatThrownBy(() -> Budget.unlimited().withMoney("-0.01", PRICES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a budget of money must be at least 0, got -0.01");
        assertThatThrownBy(() -> Budget.unlimited().withMoney("2,50", PRICES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a budget of money must be a number such as 2.50, got 2,50");
        assertThatThrownBy(() -> Budget.unlimited().withTime(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a budget of time must be positive, got PT0S");
        assertThatThrownBy(() -> new Cost(-1, 0, 0, BigDecimal.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a cost has no negative part, got -1 calls, 0 input and 0 output tokens, money 0, 0 uncounted");
        assertThatThrownBy(() -> new Spent(Cost.NONE, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a run does not take less than no time, got PT-1S");
    }

    @Test
    void a_budget_says_its_bounds() {
        assertThat(Budget.unlimited()).hasToString("unlimited");
        assertThat(Budget.unlimited()
                        .withCalls(10)
                        .withTokens(2_000)
                        .withMoney("2.50", PRICES)
                        .withTime(Duration.ofHours(3)))
                .hasToString("10 calls, 2000 tokens, 2.50 EUR, PT3H")
                .isEqualTo(Budget.unlimited()
                        .withTime(Duration.ofHours(3))
                        .withMoney("2.50", PRICES)
                        .withTokens(2_000)
                        .withCalls(10));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 10_000_000_000L})
    void any_number_of_calls_can_be_bounded(long most) {
        assertThat(Budget.unlimited().withCalls(most)).hasToString(most + " calls");
    }
}
