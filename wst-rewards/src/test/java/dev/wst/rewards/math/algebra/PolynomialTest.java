package dev.wst.rewards.math.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class PolynomialTest {
    private static final int UNIT = Monomial.UNIT;

    private final Atoms atoms = new Atoms();
    private final Budget budget = new Budget(100_000);
    private final Polynomial one = Polynomial.of(Rational.ONE);
    private final Polynomial minusOne = Polynomial.of(Rational.MINUS_ONE);
    private final Polynomial x = power(atoms.variable("x"), UNIT);

    private static Polynomial power(int atom, int units) {
        return Polynomial.of(Monomial.of(atom, units), Rational.ONE);
    }

    private Polynomial reduced(int atom, int units) {
        return Polynomial.reduced(Monomial.of(atom, units), Rational.ONE, atoms, budget);
    }

    @Test
    void terms_that_cancel_are_gone() {
        Polynomial sum = x.plus(one, budget).plus(x.times(Rational.MINUS_ONE, budget), budget);
        assertThat(sum.terms()).isEqualTo(one.terms());
        assertThat(sum.plus(minusOne, budget).isZero()).isTrue();
        assertThat(Polynomial.of(Rational.ZERO).isZero()).isTrue();
    }

    /** (x + 1)(x - 1) = x^2 - 1 */
    @Test
    void products_are_multiplied_out() {
        Polynomial product = x.plus(one, budget).times(x.plus(minusOne, budget), atoms, budget);
        assertThat(product.terms())
                .isEqualTo(power(atoms.variable("x"), 2 * UNIT)
                        .plus(minusOne, budget)
                        .terms());
        assertThat(product.leading()).isEqualTo(Rational.MINUS_ONE);
        assertThat(product).hasToString("-1+1#0^55440");
    }

    @Test
    void a_constant_has_no_generator() {
        assertThat(Polynomial.of(Rational.ZERO).constant()).contains(Rational.ZERO);
        assertThat(one.constant()).contains(Rational.ONE);
        assertThat(x.constant()).isEmpty();
        assertThat(x.plus(one, budget).constant()).isEmpty();
        assertThat(x.plus(one, budget).single()).isEmpty();
        assertThat(x.single()).isPresent();
    }

    @Test
    void powers_of_i_go_round_in_four() {
        int i = atoms.i();
        assertThat(reduced(i, 2 * UNIT).constant()).contains(Rational.MINUS_ONE);
        assertThat(reduced(i, 4 * UNIT).constant()).contains(Rational.ONE);
        assertThat(reduced(i, 3 * UNIT).terms())
                .isEqualTo(power(i, UNIT).times(Rational.MINUS_ONE, budget).terms());
        assertThat(reduced(i, -UNIT).terms()).isEqualTo(reduced(i, 3 * UNIT).terms());
    }

    @Test
    void whole_powers_of_primes_become_numbers() {
        int two = atoms.prime(BigInteger.TWO, true);
        assertThat(reduced(two, 3 * UNIT).constant()).contains(Rational.of(8));
        assertThat(reduced(two, 3 * UNIT / 2).terms())
                .isEqualTo(Polynomial.of(Monomial.of(two, UNIT / 2), Rational.of(2))
                        .terms());
        assertThat(reduced(two, -UNIT / 2).terms())
                .isEqualTo(Polynomial.of(Monomial.of(two, UNIT / 2), Rational.of(1, 2))
                        .terms());
    }

    @Test
    void variables_primes_and_one_of_pi_and_e_are_independent() {
        Polynomial pi = power(atoms.pi(), UNIT);
        Polynomial e = power(atoms.e(), UNIT);
        Polynomial root = power(atoms.prime(BigInteger.TWO, true), UNIT / 2);
        assertThat(x.plus(pi, budget).plus(root, budget).isGeneric(atoms)).isTrue();
        assertThat(x.plus(e, budget).isGeneric(atoms)).isTrue();
        assertThat(pi.plus(e, budget).isGeneric(atoms)).isFalse();
        assertThat(pi.times(e, atoms, budget).isGeneric(atoms)).isFalse();
        assertThat(e.plus(pi, budget).plus(x, budget).isGeneric(atoms)).isFalse();
        assertThat(power(atoms.opaque("f"), UNIT).isGeneric(atoms)).isFalse();
        assertThat(power(atoms.prime(BigInteger.valueOf(91), false), UNIT / 2).isGeneric(atoms))
                .isFalse();
    }

    @Test
    void two_thousand_terms_are_the_most() {
        Polynomial sum = one;
        for (int i = 1; i < 2000; i++) {
            sum = sum.plus(power(atoms.variable("v" + i), UNIT), new Budget(10_000));
        }
        Polynomial most = sum;
        assertThat(most.terms()).hasSize(2000);
        assertThatThrownBy(() -> most.plus(x, budget))
                .isInstanceOf(Budget.Exhausted.class)
                .hasMessageContaining("2000 terms");
    }

    @Test
    void every_operation_on_coefficients_is_paid_for() {
        Budget empty = new Budget(0);
        assertThatThrownBy(() -> one.plus(one, empty)).isInstanceOf(Budget.Exhausted.class);
        Budget two = new Budget(2);
        assertThat(one.times(Rational.of(3), two).constant()).contains(Rational.of(3));
        assertThatThrownBy(() -> two.spend(1)).isInstanceOf(Budget.Exhausted.class);
        assertThat(one.times(Rational.ONE, empty)).isSameAs(one);
    }

    /** The common denominator has 40,000 bits, and 40,000 squared over 300,000 is 5333. */
    @Test
    void sums_of_long_fractions_are_paid_for() {
        Polynomial tiny = Polynomial.of(Rational.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(40_000)));
        assertThatThrownBy(() -> tiny.plus(one, new Budget(13_000))).isInstanceOf(Budget.Exhausted.class);
        assertThat(tiny.plus(one, new Budget(14_000)).constant()).isPresent();
        Polynomial long3 = Polynomial.of(Rational.of(BigInteger.valueOf(3).pow(25_000), BigInteger.TWO.pow(40_000)));
        assertThatThrownBy(() -> long3.times(long3, atoms, new Budget(20_000))).isInstanceOf(Budget.Exhausted.class);
    }

    @Test
    void sums_of_numbers_beyond_the_bound_are_not_computed() {
        Polynomial large = Polynomial.of(Rational.of(BigInteger.ONE.shiftLeft(80_000)));
        assertThatThrownBy(() -> large.plus(large, new Budget(1_000_000))).isInstanceOf(Budget.Exhausted.class);
        assertThatThrownBy(() -> large.times(large, atoms, new Budget(1_000_000)))
                .isInstanceOf(Budget.Exhausted.class);
    }

    @Test
    void generators_with_one_key_are_one() {
        assertThat(atoms.pi()).isEqualTo(atoms.pi());
        assertThat(atoms.pi()).isNotEqualTo(atoms.e()).isNotEqualTo(atoms.variable("pi"));
        assertThat(atoms.e()).isNotEqualTo(atoms.i());
        assertThat(atoms.kind(atoms.i())).isEqualTo(Atoms.Kind.I);
        assertThat(atoms.kind(atoms.e())).isEqualTo(Atoms.Kind.E);
        assertThat(atoms.kind(atoms.pi())).isEqualTo(Atoms.Kind.PI);
        assertThat(atoms.positive(atoms.pi())).isTrue();
        assertThat(atoms.positive(atoms.variable("x"))).isFalse();
    }
}
