package dev.wst.rewards.math.algebra;

import java.util.Map;
import java.util.Optional;

/** A quotient of polynomials; the denominator is not zero, and is 1 where it can be. */
public final class Form {
    private final Polynomial numerator;
    private final Polynomial denominator;

    private Form(Polynomial numerator, Polynomial denominator) {
        this.numerator = numerator;
        this.denominator = denominator;
    }

    public static Form of(Polynomial numerator) {
        return new Form(numerator, Polynomial.of(Rational.ONE));
    }

    public static Form of(Rational value) {
        return of(Polynomial.of(value));
    }

    public Polynomial numerator() {
        return numerator;
    }

    public Polynomial denominator() {
        return denominator;
    }

    public boolean isPolynomial() {
        return denominator.constant().isPresent();
    }

    /** The value, if it is a rational number. */
    public Optional<Rational> constant() {
        return isPolynomial() ? numerator.constant() : Optional.empty();
    }

    public Form plus(Form other, Atoms atoms, Budget budget) {
        if ((isPolynomial() && other.isPolynomial()) || denominator.terms().equals(other.denominator.terms())) {
            return new Form(numerator.plus(other.numerator, budget), denominator);
        }
        Polynomial left = numerator.times(other.denominator, atoms, budget);
        Polynomial right = other.numerator.times(denominator, atoms, budget);
        return quotient(left.plus(right, budget), denominator.times(other.denominator, atoms, budget), atoms, budget);
    }

    public Form times(Form other, Atoms atoms, Budget budget) {
        Polynomial product = numerator.times(other.numerator, atoms, budget);
        return isPolynomial() && other.isPolynomial()
                ? of(product)
                : quotient(product, denominator.times(other.denominator, atoms, budget), atoms, budget);
    }

    /** @throws ArithmeticException if this is zero */
    Form inverse(Atoms atoms, Budget budget) {
        return quotient(denominator, numerator, atoms, budget);
    }

    /** The polynomial that is zero exactly if this equals the other. */
    public Polynomial minus(Form other, Atoms atoms, Budget budget) {
        if (isPolynomial() && other.isPolynomial()) {
            return numerator.plus(other.numerator.times(Rational.MINUS_ONE, budget), budget);
        }
        Polynomial left = numerator.times(other.denominator, atoms, budget);
        Polynomial right = other.numerator.times(denominator, atoms, budget);
        return left.plus(right.times(Rational.MINUS_ONE, budget), budget);
    }

    private static Form quotient(Polynomial numerator, Polynomial denominator, Atoms atoms, Budget budget) {
        if (denominator.isZero()) {
            throw new ArithmeticException("division by zero");
        }
        Optional<Map.Entry<Monomial, Rational>> single = denominator.single();
        if (single.isPresent()) {
            Polynomial inverse = Polynomial.reduced(
                    single.get().getKey().power(-1, 1), single.get().getValue().inverse(), atoms, budget);
            return of(numerator.times(inverse, atoms, budget));
        }
        Rational scale = denominator.leading().inverse();
        return new Form(numerator.times(scale, budget), denominator.times(scale, budget));
    }

    @Override
    public String toString() {
        return isPolynomial() ? numerator.toString() : "(" + numerator + ")/(" + denominator + ")";
    }
}
