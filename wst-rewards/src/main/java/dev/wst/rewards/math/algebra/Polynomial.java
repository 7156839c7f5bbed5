package dev.wst.rewards.math.algebra;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A sum of monomials with rational coefficients, none of them zero. The empty sum is zero. */
public final class Polynomial {
    private static final int MOST_TERMS = 2000;

    private final Map<Monomial, Rational> terms;

    private Polynomial(Map<Monomial, Rational> terms) {
        this.terms = terms;
    }

    public static Polynomial of(Rational constant) {
        return of(Monomial.ONE, constant);
    }

    public static Polynomial of(Monomial monomial, Rational coefficient) {
        Map<Monomial, Rational> terms = new TreeMap<>();
        if (!coefficient.isZero()) {
            terms.put(monomial, coefficient);
        }
        return new Polynomial(terms);
    }

    public Map<Monomial, Rational> terms() {
        return terms;
    }

    public boolean isZero() {
        return terms.isEmpty();
    }

    /** The value, if it has no generator in it. */
    public Optional<Rational> constant() {
        if (terms.isEmpty()) {
            return Optional.of(Rational.ZERO);
        }
        return terms.size() == 1 ? Optional.ofNullable(terms.get(Monomial.ONE)) : Optional.empty();
    }

    /** The only term, if there is but one. */
    Optional<Map.Entry<Monomial, Rational>> single() {
        return terms.size() == 1 ? terms.entrySet().stream().findFirst() : Optional.empty();
    }

    public Rational leading() {
        return terms.values().iterator().next();
    }

    public Polynomial plus(Polynomial other, Budget budget) {
        Map<Monomial, Rational> sum = new TreeMap<>(terms);
        other.terms.forEach((monomial, coefficient) -> add(sum, monomial, coefficient, budget));
        return new Polynomial(sum);
    }

    public Polynomial times(Rational factor, Budget budget) {
        if (factor.isOne()) {
            return this;
        }
        Map<Monomial, Rational> product = new TreeMap<>();
        terms.forEach((monomial, coefficient) -> add(product, monomial, coefficient.times(factor, budget), budget));
        return new Polynomial(product);
    }

    public Polynomial times(Polynomial other, Atoms atoms, Budget budget) {
        Map<Monomial, Rational> product = new TreeMap<>();
        for (Map.Entry<Monomial, Rational> mine : terms.entrySet()) {
            for (Map.Entry<Monomial, Rational> theirs : other.terms.entrySet()) {
                Monomial raw = mine.getKey().times(theirs.getKey());
                Rational coefficient = mine.getValue().times(theirs.getValue(), budget);
                addReduced(product, raw, coefficient, atoms, budget);
            }
        }
        return new Polynomial(product);
    }

    /** This times the least monomial of variables that leaves none of them with a negative power. */
    public Polynomial withoutNegativePowers(Atoms atoms, Budget budget) {
        Map<Integer, Integer> least = new TreeMap<>();
        for (Monomial monomial : terms.keySet()) {
            for (int position = 0; position < monomial.size(); position++) {
                if (atoms.kind(monomial.atom(position)) == Atoms.Kind.VARIABLE) {
                    least.merge(monomial.atom(position), Math.min(0, monomial.exponent(position)), Math::min);
                }
            }
        }
        Monomial factor = Monomial.ONE;
        for (Map.Entry<Integer, Integer> power : least.entrySet()) {
            factor = power.getValue() < 0 ? factor.times(Monomial.of(power.getKey(), -power.getValue())) : factor;
        }
        return factor.equals(Monomial.ONE) ? this : times(of(factor, Rational.ONE), atoms, budget);
    }

    /** A polynomial of one term whose whole powers of i and of primes are carried out. */
    static Polynomial reduced(Monomial monomial, Rational coefficient, Atoms atoms, Budget budget) {
        Map<Monomial, Rational> terms = new TreeMap<>();
        addReduced(terms, monomial, coefficient, atoms, budget);
        return new Polynomial(terms);
    }

    private static void addReduced(
            Map<Monomial, Rational> terms, Monomial raw, Rational factor, Atoms atoms, Budget budget) {
        Monomial monomial = raw;
        Rational coefficient = factor;
        for (int position = raw.size() - 1; position >= 0; position--) {
            int atom = raw.atom(position);
            int exponent = raw.exponent(position);
            if (atoms.kind(atom) == Atoms.Kind.I) {
                int power = Math.floorMod(exponent / Monomial.UNIT, 4);
                coefficient = power >= 2 ? coefficient.negate() : coefficient;
                monomial = monomial.with(position, power % 2 * Monomial.UNIT);
            } else if (atoms.kind(atom) == Atoms.Kind.PRIME) {
                int whole = Math.floorDiv(exponent, Monomial.UNIT);
                coefficient = coefficient.times(prime(atoms.value(atom), whole, budget), budget);
                monomial = monomial.with(position, exponent - whole * Monomial.UNIT);
            }
        }
        add(terms, monomial, coefficient, budget);
    }

    private static Rational prime(BigInteger value, int power, Budget budget) {
        return power == 0 ? Rational.ONE : Rational.of(value).power(power, budget);
    }

    private static void add(Map<Monomial, Rational> sum, Monomial monomial, Rational coefficient, Budget budget) {
        Rational before = sum.get(monomial);
        budget.spend(before == null ? 1 : 0);
        Rational after = before == null ? coefficient : before.plus(coefficient, budget);
        if (after.isZero()) {
            sum.remove(monomial);
        } else {
            sum.put(monomial, after);
        }
        if (sum.size() > MOST_TERMS) {
            throw new Budget.Exhausted("more than " + MOST_TERMS + " terms");
        }
    }

    /** Whether it can be zero only by having no terms: its generators are independent of each other. */
    public boolean isGeneric(Atoms atoms) {
        boolean pi = false;
        boolean e = false;
        for (Monomial monomial : terms.keySet()) {
            for (int position = 0; position < monomial.size(); position++) {
                int atom = monomial.atom(position);
                pi |= atoms.kind(atom) == Atoms.Kind.PI;
                e |= atoms.kind(atom) == Atoms.Kind.E;
                if (!atoms.independent(atom)) {
                    return false;
                }
            }
        }
        return !(pi && e);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        terms.forEach((monomial, coefficient) -> text.append(coefficient.signum() < 0 ? "" : "+")
                .append(coefficient)
                .append(monomial));
        return text.toString();
    }
}
