package dev.wst.rewards.math.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MonomialTest {
    private static final int UNIT = Monomial.UNIT;
    private static final Monomial X = Monomial.of(0, UNIT);
    private static final Monomial Y = Monomial.of(1, UNIT);

    @Test
    void products_add_exponents_in_the_order_of_generators() {
        Monomial product = Y.times(X).times(Y);
        assertThat(product.size()).isEqualTo(2);
        assertThat(product.atom(0)).isZero();
        assertThat(product.exponent(0)).isEqualTo(UNIT);
        assertThat(product.atom(1)).isEqualTo(1);
        assertThat(product.exponent(1)).isEqualTo(2 * UNIT);
        assertThat(product).isEqualTo(X.times(Y).times(Y)).hasSameHashCodeAs(X.times(Y.times(Y)));
    }

    @Test
    void what_cancels_is_gone() {
        assertThat(X.times(Y).times(X.power(-1, 1))).isEqualTo(Y);
        assertThat(X.times(X.power(-1, 1))).isEqualTo(Monomial.ONE);
        assertThat(Monomial.ONE.times(X)).isEqualTo(X);
        assertThat(X.times(Monomial.ONE)).isEqualTo(X);
    }

    @Test
    void roots_are_fractions_of_a_unit() {
        assertThat(X.power(1, 2).times(X.power(1, 2))).isEqualTo(X);
        assertThat(X.power(2, 3).exponent(0)).isEqualTo(18_480);
        assertThat(X.power(0, 1)).isEqualTo(Monomial.ONE);
        assertThatThrownBy(() -> X.power(1, 13)).isInstanceOf(Budget.Exhausted.class);
    }

    @Test
    void a_degree_of_a_thousand_is_the_highest() {
        Monomial highest = X.power(1000, 1);
        assertThat(highest.exponent(0)).isEqualTo(1000 * UNIT);
        assertThat(X.power(999, 1).times(X)).isEqualTo(highest);
        assertThatThrownBy(() -> X.power(1001, 1)).isInstanceOf(Budget.Exhausted.class);
        assertThatThrownBy(() -> X.power(-1001, 1)).isInstanceOf(Budget.Exhausted.class);
        assertThatThrownBy(() -> highest.times(X)).isInstanceOf(Budget.Exhausted.class);
    }

    @Test
    void an_exponent_can_be_replaced() {
        assertThat(X.times(Y).with(1, 3 * UNIT)).isEqualTo(X.times(Y.power(3, 1)));
        assertThat(X.times(Y).with(0, 0)).isEqualTo(Y);
    }

    @Test
    void generators_come_before_exponents_in_the_order() {
        assertThat(Monomial.ONE).isLessThan(X);
        assertThat(X.power(5, 1)).isLessThan(Y);
        assertThat(X).isLessThan(X.power(2, 1)).isEqualByComparingTo(Monomial.of(0, UNIT));
    }

    @Test
    void different_monomials_differ_in_all_ways() {
        assertThat(X).isNotEqualTo(Y).isNotEqualTo(X.power(2, 1)).isNotEqualTo("#0^27720");
        assertThat(X.hashCode())
                .isNotEqualTo(Y.hashCode())
                .isNotEqualTo(X.power(2, 1).hashCode());
        assertThat(X.times(Y.power(2, 1))).hasToString("#0^27720#1^55440");
    }
}
