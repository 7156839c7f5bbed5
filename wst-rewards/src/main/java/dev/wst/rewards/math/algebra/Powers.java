package dev.wst.rewards.math.algebra;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** Powers of canonical forms: whole ones are multiplied out, roots of numbers become roots of primes. */
final class Powers {
    private static final int MOST_MULTIPLIED = 64;
    private static final int TRIAL_DIVISORS = 2000;
    private static final int MOST_BITS_FACTORED = 1000;

    private final Atoms atoms;
    private final Budget budget;

    Powers(Atoms atoms, Budget budget) {
        this.atoms = atoms;
        this.budget = budget;
    }

    /** @throws ArithmeticException for a negative power of zero */
    Form power(Form base, Form exponent) {
        Optional<Rational> constant = exponent.constant();
        if (constant.isPresent()) {
            return constant.get().isInteger() ? whole(base, constant.get()) : root(base, constant.get());
        }
        return symbolic(base, exponent);
    }

    private Form whole(Form base, Rational exponent) {
        Optional<Rational> number = base.constant();
        if (number.isPresent() && (number.get().isOne() || (number.get().isZero() && exponent.signum() > 0))) {
            return base;
        }
        if (!exponent.isSmall(1_000_000)) {
            return opaque(base, exponent.toString());
        }
        int n = exponent.intValue();
        if (number.isPresent()) {
            return Form.of(number.get().power(n, budget));
        }
        Optional<Map.Entry<Monomial, Rational>> single =
                base.isPolynomial() ? base.numerator().single() : Optional.empty();
        if (single.isPresent() && Math.abs(n) <= 1000) {
            Rational coefficient = single.get().getValue().power(n, budget);
            return Form.of(Polynomial.reduced(single.get().getKey().power(n, 1), coefficient, atoms, budget));
        }
        return Math.abs(n) > MOST_MULTIPLIED ? opaque(base, exponent.toString()) : multiplied(base, n);
    }

    private Form multiplied(Form base, int n) {
        Form factor = n < 0 ? base.inverse(atoms, budget) : base;
        Form product = Form.of(Rational.ONE);
        for (int i = 0; i < Math.abs(n); i++) {
            product = product.times(factor, atoms, budget);
        }
        return product;
    }

    private Form root(Form base, Rational exponent) {
        boolean small = exponent.denominator().bitLength() < 6
                && Monomial.UNIT % exponent.denominator().intValue() == 0
                && exponent.numerator().bitLength() < 20;
        Optional<Map.Entry<Monomial, Rational>> single =
                base.isPolynomial() ? base.numerator().single() : Optional.empty();
        if (base.numerator().isZero()) {
            return exponent.signum() > 0 ? base : base.inverse(atoms, budget);
        }
        if (!small || single.isEmpty() || !powersMultiply(single.get().getKey())) {
            return opaque(base, exponent.toString());
        }
        Rational coefficient = single.get().getValue();
        if (coefficient.bits() > MOST_BITS_FACTORED) {
            return opaque(base, exponent.toString());
        }
        boolean negative = coefficient.signum() < 0;
        if (negative && single.get().getKey().size() > 0) {
            return opaque(base, exponent.toString());
        }
        int p = exponent.numerator().intValue();
        int q = exponent.denominator().intValue();
        Form size = ofPrimes(coefficient.abs(), p, q);
        Monomial monomial = single.get().getKey().power(p, q);
        Form value = size.times(Form.of(Polynomial.reduced(monomial, Rational.ONE, atoms, budget)), atoms, budget);
        return negative ? signed(value, p, q) : value;
    }

    /** The root of a negative number: the real one where there is one, else a multiple of i if it is a square root. */
    private Form signed(Form size, int p, int q) {
        if (q % 2 == 1) {
            return p % 2 == 0 ? size : size.times(Form.of(Rational.MINUS_ONE), atoms, budget);
        }
        if (q != 2) {
            return opaque(size, "-" + p + "/" + q);
        }
        Monomial i = Monomial.of(atoms.i(), Math.floorMod(p, 4) * Monomial.UNIT);
        return size.times(Form.of(Polynomial.reduced(i, Rational.ONE, atoms, budget)), atoms, budget);
    }

    /** Positive constants, or a single variable to the first power. */
    private boolean powersMultiply(Monomial monomial) {
        int others = 0;
        for (int position = 0; position < monomial.size(); position++) {
            if (!atoms.positive(monomial.atom(position))) {
                boolean variable = atoms.kind(monomial.atom(position)) == Atoms.Kind.VARIABLE;
                if (!variable || monomial.exponent(position) != Monomial.UNIT) {
                    return false;
                }
                others++;
            }
        }
        return others <= 1;
    }

    private Form ofPrimes(Rational value, int p, int q) {
        Form upper = ofPrimes(value.numerator(), p, q);
        return value.isInteger() ? upper : upper.times(ofPrimes(value.denominator(), -p, q), atoms, budget);
    }

    private Form ofPrimes(BigInteger value, int p, int q) {
        budget.spend(20 + value.bitLength() / 4);
        Polynomial product = Polynomial.of(Rational.ONE);
        BigInteger rest = value;
        for (int divisor = 2; divisor < TRIAL_DIVISORS && rest.compareTo(BigInteger.ONE) > 0; divisor++) {
            int count = 0;
            BigInteger prime = BigInteger.valueOf(divisor);
            BigInteger[] parts = rest.divideAndRemainder(prime);
            while (parts[1].signum() == 0) {
                rest = parts[0];
                count++;
                parts = rest.divideAndRemainder(prime);
            }
            if (count > 0) {
                product = product.times(prime(prime, true, count, p, q), atoms, budget);
            }
            if (rest.bitLength() < 31 && (long) divisor * divisor > rest.intValue()) {
                break;
            }
        }
        if (rest.equals(BigInteger.ONE)) {
            return Form.of(product);
        }
        BigInteger square = rest.sqrt();
        boolean isSquare = square.multiply(square).equals(rest);
        BigInteger base = isSquare ? square : rest;
        boolean testable = base.bitLength() < 400;
        budget.spendOnPrimality(testable ? base.bitLength() : 0);
        boolean certain = testable && base.isProbablePrime(40);
        return Form.of(product.times(prime(base, certain, isSquare ? 2 : 1, p, q), atoms, budget));
    }

    private Polynomial prime(BigInteger prime, boolean certain, int count, int p, int q) {
        long units = (long) Monomial.UNIT / q * p * count;
        if (Math.abs(units) > 900L * Monomial.UNIT) {
            throw new Budget.Exhausted("a root beyond those that are compared");
        }
        Monomial monomial = Monomial.of(atoms.prime(prime, certain), (int) units);
        return Polynomial.reduced(monomial, Rational.ONE, atoms, budget);
    }

    /** a^(m + 3n + 1/2) is a^m (a^n)^3 a^(1/2): one generator for each term of the exponent. */
    private Form symbolic(Form base, Form exponent) {
        if (!exponent.isPolynomial()) {
            return opaque(base, exponent.toString());
        }
        Form product = Form.of(Rational.ONE);
        for (Map.Entry<Monomial, Rational> term : exponent.numerator().terms().entrySet()) {
            Rational coefficient = term.getValue();
            Form factor;
            if (term.getKey().equals(Monomial.ONE)) {
                factor = power(base, Form.of(coefficient));
            } else if (coefficient.isSmall(1000)) {
                int atom = opaque(base + "^" + term.getKey());
                factor =
                        Form.of(Polynomial.of(Monomial.of(atom, coefficient.intValue() * Monomial.UNIT), Rational.ONE));
            } else {
                factor = opaque(base, coefficient + "*" + term.getKey());
            }
            product = product.times(factor, atoms, budget);
        }
        return product;
    }

    private Form opaque(Form base, String exponent) {
        int atom = opaque(base + "^" + exponent);
        return Form.of(Polynomial.of(Monomial.of(atom, Monomial.UNIT), Rational.ONE));
    }

    private int opaque(String key) {
        budget.spend(key.length() / Atoms.CHARACTERS_PER_UNIT);
        return atoms.opaque(key);
    }
}
