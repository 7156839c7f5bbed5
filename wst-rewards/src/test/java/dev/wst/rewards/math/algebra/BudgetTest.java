package dev.wst.rewards.math.algebra;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BudgetTest {

    @Test
    void all_of_it_can_be_spent_and_not_a_unit_more() {
        Budget budget = new Budget(10);
        assertThatCode(() -> budget.spend(10)).doesNotThrowAnyException();
        assertThatThrownBy(() -> budget.spend(1))
                .isInstanceOf(Budget.Exhausted.class)
                .hasMessage("too much work");
    }

    /** 150,000 bits squared over 4,000,000 are 5625 units, and one for the operation. */
    @Test
    void long_numbers_cost_the_square_of_their_length() {
        assertThatCode(() -> new Budget(5626).spendOnBits(150_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Budget(5625).spendOnBits(150_000)).isInstanceOf(Budget.Exhausted.class);
        assertThatThrownBy(() -> new Budget(0).spendOnBits(1)).isInstanceOf(Budget.Exhausted.class);
    }

    /** 30,000 bits squared over 120,000 are 7500 units. */
    @Test
    void lowest_terms_cost_the_square_of_the_smaller_part() {
        assertThatCode(() -> new Budget(7500).spendOnReduction(30_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Budget(7499).spendOnReduction(30_000)).isInstanceOf(Budget.Exhausted.class);
    }

    @Test
    void few_digits_of_a_fraction_cost_its_length() {
        assertThatCode(() -> new Budget(0).spendOnDigits(149)).doesNotThrowAnyException();
        assertThatCode(() -> new Budget(1000).spendOnDigits(150_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Budget(999).spendOnDigits(150_000)).isInstanceOf(Budget.Exhausted.class);
    }

    /** 400 bits squared over 80 are 2000 units, and 20 for the test. */
    @Test
    void the_test_for_primes_costs_the_square_of_the_length() {
        assertThatCode(() -> new Budget(2020).spendOnPrimality(400)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Budget(2019).spendOnPrimality(400)).isInstanceOf(Budget.Exhausted.class);
    }

    @Test
    void numbers_beyond_the_bound_cannot_be_had_at_any_price() {
        assertThatThrownBy(() -> new Budget(Long.MAX_VALUE).spendOnBits(150_001))
                .isInstanceOf(Budget.Exhausted.class)
                .hasMessageContaining("150000 bits");
    }
}
