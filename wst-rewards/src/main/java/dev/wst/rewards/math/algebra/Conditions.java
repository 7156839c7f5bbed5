package dev.wst.rewards.math.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Polynomials that are to be positive or negative: whether that can be, and points where it is. */
public final class Conditions {
    /** A polynomial and the sign that it is to have. */
    record Condition(Polynomial polynomial, boolean positive) {}

    private static final int MOST_COMBINED = 200;

    private final List<Condition> conditions;
    private final Atoms atoms;
    private final Budget budget;

    public Conditions(List<Condition> conditions, Atoms atoms, Budget budget) {
        this.conditions = List.copyOf(conditions);
        this.atoms = atoms;
        this.budget = budget;
    }

    public Conditions with(Polynomial polynomial, boolean positive) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(new Condition(polynomial, positive));
        return new Conditions(more, atoms, budget);
    }

    /** The sign that is asked of a polynomial: 1, -1, or 0 if none is. */
    public int sign(Polynomial polynomial) {
        for (Condition condition : conditions) {
            if (condition.polynomial().terms().equals(polynomial.terms())) {
                return condition.positive() ? 1 : -1;
            }
        }
        return 0;
    }

    /** The polynomials, as places where an expression may change its form. */
    public List<Polynomial> polynomials() {
        return conditions.stream().map(Condition::polynomial).toList();
    }

    /** Whether the conditions hold at a point, clear of rounding. */
    public boolean hold(Map<Integer, Double> point) {
        for (Condition condition : conditions) {
            double value = Slices.value(condition.polynomial(), point, atoms);
            if (Double.isNaN(value) || (condition.positive() ? value <= 0 : value >= 0)) {
                return false;
            }
        }
        return true;
    }

    /** Whether every condition speaks of variables and constants alone. */
    public boolean inVariables() {
        return conditions.stream().allMatch(condition -> Slices.inVariables(condition.polynomial(), atoms));
    }

    /**
     * Whether the conditions contradict each other even if every monomial could take any value: each is a linear inequality
     * then, and variables are eliminated one after the other (Fourier and Motzkin).
     */
    public boolean contradict() {
        List<Map<Monomial, Rational>> rows = new ArrayList<>();
        for (Condition condition : conditions) {
            Map<Monomial, Rational> row =
                    new LinkedHashMap<>(condition.polynomial().terms());
            if (!condition.positive()) {
                row.replaceAll((monomial, coefficient) -> coefficient.negate());
            }
            rows.add(row);
            squares(condition.polynomial(), rows);
        }
        TreeSet<Monomial> unknowns = new TreeSet<>();
        rows.forEach(row -> unknowns.addAll(row.keySet()));
        unknowns.remove(Monomial.ONE);
        for (Monomial unknown : unknowns) {
            rows = eliminated(rows, unknown);
            if (rows.size() > MOST_COMBINED) {
                return false;
            }
        }
        return rows.stream()
                .anyMatch(row -> row.getOrDefault(Monomial.ONE, Rational.ZERO).signum() <= 0);
    }

    /** Even powers of variables are positive but on a set without inside. */
    private void squares(Polynomial polynomial, List<Map<Monomial, Rational>> rows) {
        for (Monomial monomial : polynomial.terms().keySet()) {
            boolean even = monomial.size() > 0;
            for (int position = 0; position < monomial.size(); position++) {
                even &= atoms.positive(monomial.atom(position))
                        || (atoms.kind(monomial.atom(position)) == Atoms.Kind.VARIABLE
                                && monomial.exponent(position) % (2 * Monomial.UNIT) == 0);
            }
            if (even) {
                rows.add(new HashMap<>(Map.of(monomial, Rational.ONE)));
            }
        }
    }

    private List<Map<Monomial, Rational>> eliminated(List<Map<Monomial, Rational>> rows, Monomial unknown) {
        List<Map<Monomial, Rational>> kept = new ArrayList<>();
        List<Map<Monomial, Rational>> above = new ArrayList<>();
        List<Map<Monomial, Rational>> below = new ArrayList<>();
        for (Map<Monomial, Rational> row : rows) {
            int sign = row.getOrDefault(unknown, Rational.ZERO).signum();
            (sign == 0 ? kept : sign > 0 ? above : below).add(row);
        }
        for (Map<Monomial, Rational> upper : above) {
            for (Map<Monomial, Rational> lower : below) {
                budget.spend(1);
                kept.add(combined(upper, lower, unknown));
            }
        }
        return kept;
    }

    private Map<Monomial, Rational> combined(
            Map<Monomial, Rational> upper, Map<Monomial, Rational> lower, Monomial unknown) {
        Rational mine = coefficient(lower, unknown).negate();
        Rational theirs = coefficient(upper, unknown);
        Map<Monomial, Rational> sum = new LinkedHashMap<>();
        upper.forEach((monomial, value) -> sum.put(monomial, value.times(mine, budget)));
        lower.forEach((monomial, value) ->
                sum.merge(monomial, value.times(theirs, budget), (one, other) -> one.plus(other, budget)));
        sum.remove(unknown);
        return sum;
    }

    private static Rational coefficient(Map<Monomial, Rational> row, Monomial unknown) {
        return row.getOrDefault(unknown, Rational.ZERO);
    }
}
