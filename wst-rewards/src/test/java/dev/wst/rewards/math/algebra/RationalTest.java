package dev.wst.rewards.math.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class RationalTest {
    private static final Budget BUDGET = new Budget(1_000_000);

    private static Rational of(long numerator, long denominator) {
        return Rational.of(numerator, denominator);
    }

    @Test
    void a_fraction_is_in_lowest_terms_with_a_positive_denominator() {
        for (Rational half : List.of(of(-6, -12), of(3, 6), of(-1, -2))) {
            assertThat(half.numerator()).isEqualTo(BigInteger.ONE);
            assertThat(half.denominator()).isEqualTo(BigInteger.TWO);
        }
        assertThat(of(6, -4).numerator()).isEqualTo(BigInteger.valueOf(-3));
        assertThat(of(1, -2).denominator()).isEqualTo(BigInteger.TWO);
        assertThat(of(0, 5)).isEqualTo(Rational.ZERO);
        assertThatThrownBy(() -> of(1, 0)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void sums_and_products_are_exact() {
        assertThat(of(1, 3).plus(of(1, 6))).isEqualTo(of(1, 2));
        assertThat(of(1, 3).plus(of(-1, 3)).isZero()).isTrue();
        assertThat(Rational.of(2).plus(of(1, 2))).isEqualTo(of(5, 2));
        assertThat(of(2, 3).times(of(3, 4))).isEqualTo(of(1, 2));
        assertThat(Rational.of(3).times(of(2, 9))).isEqualTo(of(2, 3));
        assertThat(of(2, 3).over(of(4, 9))).isEqualTo(of(3, 2));
        assertThatThrownBy(() -> of(2, 3).over(Rational.ZERO)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void one_and_minus_one_multiply_by_sign_alone() {
        assertThat(Rational.MINUS_ONE.times(of(-3, 4))).isEqualTo(of(3, 4));
        assertThat(of(3, 4).times(Rational.MINUS_ONE)).isEqualTo(of(-3, 4));
        assertThat(Rational.ONE.times(of(-3, 4))).isEqualTo(of(-3, 4));
        assertThat(Rational.MINUS_ONE.times(Rational.ZERO)).isEqualTo(Rational.ZERO);
        assertThat(Rational.MINUS_ONE.times(Rational.MINUS_ONE)).isEqualTo(Rational.ONE);
        assertThat(of(1, 2).times(of(-1, 2))).isEqualTo(of(-1, 4));
    }

    @Test
    void powers_of_either_sign_are_exact() {
        assertThat(of(2, 3).power(-2, BUDGET)).isEqualTo(of(9, 4));
        assertThat(of(-2, 3).power(3, BUDGET)).isEqualTo(of(-8, 27));
        assertThat(of(-2, 3).power(-1, BUDGET)).isEqualTo(of(-3, 2));
        assertThat(Rational.ZERO.power(0, BUDGET)).isEqualTo(Rational.ONE);
        assertThatThrownBy(() -> Rational.ZERO.power(-1, BUDGET)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void a_power_too_long_to_write_down_is_not_computed() {
        assertThatThrownBy(() -> Rational.of(3).power(100_000, BUDGET)).isInstanceOf(Budget.Exhausted.class);
        assertThatThrownBy(() -> Rational.of(3).power(-100_000, BUDGET)).isInstanceOf(Budget.Exhausted.class);
    }

    @Test
    void the_floor_is_below_negative_fractions() {
        assertThat(of(-7, 2).floor(BUDGET)).isEqualTo(Rational.of(-4));
        assertThat(of(7, 2).floor(BUDGET)).isEqualTo(Rational.of(3));
        assertThat(Rational.of(-3).floor(BUDGET)).isEqualTo(Rational.of(-3));
        assertThat(of(-7, 2).abs()).isEqualTo(of(7, 2));
    }

    @Test
    void the_order_is_that_of_the_number_line() {
        assertThat(of(1, 2)).isLessThan(of(2, 3));
        assertThat(of(-1, 2)).isLessThan(of(-1, 3));
        assertThat(Rational.of(2)).isGreaterThan(of(3, 2));
        assertThat(Rational.of(2)).isEqualByComparingTo(of(4, 2));
    }

    @Test
    void small_is_an_integer_within_the_bound() {
        assertThat(Rational.of(100).isSmall(100)).isTrue();
        assertThat(Rational.of(-100).isSmall(100)).isTrue();
        assertThat(Rational.of(101).isSmall(100)).isFalse();
        assertThat(Rational.of(1L << 40).isSmall(100)).isFalse();
        assertThat(of(1, 2).isSmall(100)).isFalse();
    }

    @Test
    void its_length_is_that_of_both_parts() {
        assertThat(of(8, 5).bits()).isEqualTo(4 + 3);
    }

    /** (8/5)(4/9): 4 + 3 bits above and 3 + 4 below; (1/5)(4/9): 1 + 3 above. */
    @Test
    void a_product_is_reduced_by_its_smaller_part() {
        assertThat(of(8, 5).bitsToReduce(of(4, 9))).isEqualTo(7);
        assertThat(of(1, 5).bitsToReduce(of(4, 9))).isEqualTo(4);
        assertThat(of(8, 5).bitsToReduce(Rational.of(1024))).isEqualTo(3 + 1);
        assertThat(Rational.of(8).bitsToReduce(Rational.of(4))).isZero();
        assertThat(Rational.MINUS_ONE.bitsToReduce(of(4, 9))).isZero();
        assertThat(of(4, 9).bitsToReduce(Rational.ONE)).isZero();
    }

    /** 8/5 + 4/9: 4 + 4 bits above and 3 + 4 below; 1/8 + 1/16: 1 + 5 above and 4 + 5 below. */
    @Test
    void so_is_a_sum() {
        assertThat(of(8, 5).bitsToReduceSum(of(4, 9))).isEqualTo(7);
        assertThat(of(1, 8).bitsToReduceSum(of(1, 16))).isEqualTo(6);
        assertThat(of(1, 16).bitsToReduceSum(of(1, 8))).isEqualTo(6);
        assertThat(of(1, 16).bitsToReduceSum(Rational.of(8))).isEqualTo(6);
        assertThat(Rational.of(8).bitsToReduceSum(Rational.of(4))).isZero();
    }

    @Test
    void only_one_is_one_and_only_zero_is_zero() {
        assertThat(of(7, 7).isOne()).isTrue();
        assertThat(of(7, 6).isOne()).isFalse();
        assertThat(Rational.ONE.isZero()).isFalse();
    }

    @Test
    void equal_fractions_have_one_hash_and_one_spelling_in_hexadecimal() {
        assertThat(of(2, 4)).hasSameHashCodeAs(of(1, 2)).hasToString("1/2");
        assertThat(of(1, 2).hashCode()).isNotEqualTo(of(2, 1).hashCode());
        assertThat(of(1, 2)).isNotEqualTo(of(1, 3)).isNotEqualTo(of(3, 2));
        assertThat(Rational.of(255)).hasToString("ff");
        assertThat(of(-1, 16)).hasToString("-1/10");
    }
}
