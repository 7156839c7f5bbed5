package dev.wst.rewards.math.algebra;

import dev.wst.rewards.math.algebra.Node.Numeral;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes a polynomial in variables as the square of another times a rest. */
public final class SquareRoots {
    /**
     * A square and what is left beside it.
     *
     * @param root of the square
     * @param rest the other factor
     * @param isWhole whether the rest is a positive number
     */
    record Square(Node root, Node rest, boolean isWhole) {}

    private static final int MOST_TERMS = 30;

    private final Atoms atoms;
    private final Budget budget;

    public SquareRoots(Atoms atoms, Budget budget) {
        this.atoms = atoms;
        this.budget = budget;
    }

    /** The largest square found: all of the polynomial but a positive number, or else the even powers of its variables. */
    Optional<Square> of(Polynomial polynomial) {
        if (polynomial.isZero()
                || !Slices.inVariables(polynomial, atoms)
                || polynomial.terms().size() > MOST_TERMS) {
            return Optional.empty();
        }
        Rational constant = top(polynomial.terms()).getValue();
        if (constant.signum() > 0) {
            Polynomial monic = polynomial.times(constant.inverse(), budget);
            Optional<Map<Monomial, Rational>> root = root(monic);
            if (root.isPresent()) {
                return Optional.of(new Square(PolynomialTree.of(root.get(), atoms), Numeral.of(constant), true));
            }
        }
        Monomial content = evenContent(polynomial);
        if (content.equals(Monomial.ONE)) {
            return Optional.of(new Square(Numeral.of(1), PolynomialTree.of(polynomial.terms(), atoms), false));
        }
        Polynomial rest = polynomial.times(Polynomial.of(content.power(-1, 1), Rational.ONE), atoms, budget);
        return Optional.of(new Square(
                PolynomialTree.of(Map.of(content.power(1, 2), Rational.ONE), atoms),
                PolynomialTree.of(rest.terms(), atoms),
                false));
    }

    /** By the schoolbook rule, the highest term first; empty if it does not come out even. */
    private Optional<Map<Monomial, Rational>> root(Polynomial monic) {
        Monomial top = top(monic.terms()).getKey();
        if (!isSquare(top)) {
            return Optional.empty();
        }
        Monomial first = top.power(1, 2);
        Map<Monomial, Rational> root = new TreeMap<>(Map.of(first, Rational.ONE));
        Polynomial rest = monic.plus(Polynomial.of(top, Rational.MINUS_ONE), budget);
        Monomial last = first;
        for (int i = 0; i < MOST_TERMS && !rest.isZero(); i++) {
            Map.Entry<Monomial, Rational> next = top(rest.terms());
            Monomial monomial = next.getKey().times(first.power(-1, 1));
            Rational half = next.getValue().times(Rational.of(1, 2), budget);
            if (order().compare(monomial, last) >= 0 || hasNegative(monomial)) {
                return Optional.empty();
            }
            Polynomial term = Polynomial.of(monomial, half);
            Polynomial doubled = polynomial(root).times(Rational.of(2), budget).plus(term, budget);
            rest = rest.plus(doubled.times(term, atoms, budget).times(Rational.MINUS_ONE, budget), budget);
            root.put(monomial, half);
            last = monomial;
        }
        return rest.isZero() ? Optional.of(root) : Optional.empty();
    }

    private Polynomial polynomial(Map<Monomial, Rational> terms) {
        Polynomial sum = Polynomial.of(Rational.ZERO);
        for (Map.Entry<Monomial, Rational> term : terms.entrySet()) {
            sum = sum.plus(Polynomial.of(term.getKey(), term.getValue()), budget);
        }
        return sum;
    }

    private static Map.Entry<Monomial, Rational> top(Map<Monomial, Rational> terms) {
        return terms.entrySet().stream().max(Map.Entry.comparingByKey(order())).orElseThrow();
    }

    /** By the powers of the first generator, then of the second and so on: products keep this order. */
    private static Comparator<Monomial> order() {
        return (one, other) -> {
            Monomial quotient = one.times(other.power(-1, 1));
            return quotient.size() == 0 ? 0 : Integer.signum(quotient.exponent(0));
        };
    }

    private static boolean isSquare(Monomial monomial) {
        for (int position = 0; position < monomial.size(); position++) {
            if (monomial.exponent(position) % (2 * Monomial.UNIT) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNegative(Monomial monomial) {
        for (int position = 0; position < monomial.size(); position++) {
            if (monomial.exponent(position) < 0) {
                return true;
            }
        }
        return false;
    }

    /** The even power of each variable that divides every term. */
    private Monomial evenContent(Polynomial polynomial) {
        Map<Integer, Integer> least = new TreeMap<>();
        Map<Integer, Integer> times = new TreeMap<>();
        for (Monomial monomial : polynomial.terms().keySet()) {
            for (int position = 0; position < monomial.size(); position++) {
                if (atoms.kind(monomial.atom(position)) == Atoms.Kind.VARIABLE) {
                    least.merge(monomial.atom(position), monomial.exponent(position), Math::min);
                    times.merge(monomial.atom(position), 1, Integer::sum);
                }
            }
        }
        Monomial content = Monomial.ONE;
        for (Map.Entry<Integer, Integer> power : least.entrySet()) {
            int even = Math.floorDiv(power.getValue(), 2 * Monomial.UNIT) * 2 * Monomial.UNIT;
            boolean everywhere = polynomial.terms().size() == times.getOrDefault(power.getKey(), 0);
            if (everywhere && even != 0) {
                content = content.times(Monomial.of(power.getKey(), even));
            }
        }
        return content;
    }
}
