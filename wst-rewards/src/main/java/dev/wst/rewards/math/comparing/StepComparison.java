package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Atoms;
import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.ExactValues;
import dev.wst.rewards.math.algebra.Exponents;
import dev.wst.rewards.math.algebra.Form;
import dev.wst.rewards.math.algebra.Monomial;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Sum;
import dev.wst.rewards.math.algebra.Point;
import dev.wst.rewards.math.algebra.Polynomial;
import dev.wst.rewards.math.algebra.Rational;
import dev.wst.rewards.math.algebra.Trees;
import dev.wst.rewards.math.comparing.Verdict.Basis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Compares scalars that are rounded down or up in their variables. Points, whole and not, negative and large, and in every
 * residue where a division stands inside, can tell them apart; that they are equal is shown only in one variable, where the
 * difference repeats itself and one period is looked through. Otherwise it is undecided, also where they agree for all whole
 * numbers and the variables have the names of whole numbers, i to n.
 */
final class StepComparison {
    private static final Verdict OPEN =
            Verdict.undecided("rounded values that agree at all points tried, which is no proof");
    private static final long MOST_RESIDUES = 120;
    private static final int RANDOM_POINTS = 60;
    private static final int EVALUATED = 8;

    private final Budget budget;

    StepComparison(Budget budget) {
        this.budget = budget;
    }

    /** Whether this is the way to compare a tree: a value that depends on names is rounded. */
    static boolean isFor(Node node) {
        return Trees.any(node, part -> part instanceof Call call && isStep(call) && Trees.hasNames(call));
    }

    private static boolean isStep(Call call) {
        return call.function().equals("floor") || call.function().equals("ceil");
    }

    Verdict compare(Node one, Node other) {
        Node difference = new Sum(List.of(one, Node.negated(other)));
        List<String> names = List.copyOf(Trees.names(difference));
        boolean whole = Trees.countsOnly(difference);
        boolean differs = false;
        int exact = 0;
        for (Map<String, Rational> point : points(names, period(difference))) {
            boolean integers = point.values().stream().allMatch(Rational::isInteger);
            if ((whole || differs) && !integers) {
                continue;
            }
            Optional<Rational> value = value(difference, point);
            exact += value.isPresent() ? 1 : 0;
            if (value.isPresent() && !value.get().isZero()) {
                if (integers || !names.stream().allMatch(StepComparison::meansWhole)) {
                    return Verdict.different(Basis.PROOF);
                }
                differs = true;
            }
        }
        if (exact == 0) {
            return evaluated(one, other, names);
        }
        return differs || names.size() != 1 ? OPEN : periodic(difference, names.get(0));
    }

    private static boolean meansWhole(String name) {
        return name.charAt(0) >= 'i' && name.charAt(0) <= 'n';
    }

    private Optional<Rational> value(Node difference, Map<String, Rational> point) {
        try {
            return new ExactValues(point, budget).of(difference);
        } catch (ArithmeticException undefined) {
            return Optional.empty();
        }
    }

    /** Where values are no fractions, points of every size. */
    private Verdict evaluated(Node one, Node other, List<String> names) {
        List<Point> points = Point.spread(Set.copyOf(names));
        for (Point point : points.subList(0, Math.min(EVALUATED, points.size()))) {
            if (new PointComparison(budget).at(point, one, other).isDifferent()) {
                return Verdict.different(Basis.EVALUATION);
            }
        }
        return OPEN;
    }

    /** A number by which each variable can be moved so that what is rounded moves by whole numbers, if it is linear. */
    private static long period(Node node) {
        TreeSet<Long> denominators = new TreeSet<>();
        Trees.any(node, part -> {
            Rational value = Exponents.rational(part);
            if (value != null && value.denominator().bitLength() < 32) {
                denominators.add(value.denominator().longValueExact());
            }
            return false;
        });
        long period = 1;
        for (long denominator : denominators) {
            long next = period / gcd(period, denominator) * denominator;
            period = next > 1_000_000_000L ? period : next;
        }
        return period;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static List<Map<String, Rational>> points(List<String> names, long period) {
        List<Map<String, Rational>> points = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(97);
        long residues = Math.min(MOST_RESIDUES, Math.max(12, period + 1));
        for (int name = 0; name < names.size(); name++) {
            for (long residue = -residues / 4; residue < residues; residue++) {
                Map<String, Rational> point = new HashMap<>();
                for (String other : names) {
                    point.put(other, Rational.of(random.nextLong(-40, 40)));
                }
                point.put(names.get(name), Rational.of(residue));
                points.add(point);
            }
        }
        for (int i = 0; i < RANDOM_POINTS; i++) {
            Map<String, Rational> point = new HashMap<>();
            for (String name : names) {
                long size = i % 3 == 0 ? 3 * period + 3 : i % 3 == 1 ? 9 : 2_000_000;
                long denominator = i % 2 == 0 ? 1 : 2L + random.nextInt(11);
                point.put(name, Rational.of(random.nextLong(-size * denominator, size * denominator), denominator));
            }
            points.add(point);
        }
        return points;
    }

    /** A sum of a linear term and rounded linear terms that is the same one period on is the same everywhere else. */
    private Verdict periodic(Node difference, String name) {
        Atoms atoms = new Atoms();
        Canonical canonical = new Canonical(atoms, budget);
        int variable = atoms.variable(name);
        List<Polynomial> inside = new ArrayList<>();
        boolean simple = isLinear(canonical.of(difference), false, atoms);
        boolean nested = Trees.any(difference, part -> {
            boolean step = part instanceof Call;
            if (step) {
                Form form = canonical.of(((Call) part).arguments().get(0));
                inside.add(form.numerator());
                return !isStep((Call) part) || !isLinear(form, true, atoms);
            }
            return false;
        });
        if (!simple || nested) {
            return OPEN;
        }
        Monomial linear = Monomial.of(variable, Monomial.UNIT);
        Rational period = Rational.ONE;
        for (Polynomial polynomial : inside) {
            Rational slope = polynomial.terms().getOrDefault(linear, Rational.ZERO);
            period = period.times(Rational.of(slope.times(period, budget).denominator()), budget);
        }
        return repeats(difference, name, inside, linear, period);
    }

    private Verdict repeats(Node difference, String name, List<Polynomial> inside, Monomial linear, Rational period) {
        TreeSet<Rational> cuts = new TreeSet<>(List.of(Rational.ZERO, period));
        for (Polynomial polynomial : inside) {
            Rational slope = polynomial.terms().getOrDefault(linear, Rational.ZERO);
            Rational start = polynomial.terms().getOrDefault(Monomial.ONE, Rational.ZERO);
            Rational steps = slope.abs().times(period, budget);
            if (!steps.isSmall((int) MOST_RESIDUES)) {
                return OPEN;
            }
            for (int step = -1; step <= steps.intValue() + 1 && !slope.isZero(); step++) {
                Rational level = Rational.of(step).plus(start.floor(budget)).plus(start.negate());
                Rational cut = (slope.signum() > 0 ? level : level.plus(Rational.of(-steps.intValue()))).over(slope);
                cuts.add(cut);
            }
        }
        Rational before = Rational.ZERO;
        for (Rational cut : cuts) {
            if (cut.signum() < 0 || cut.compareTo(period) > 0) {
                continue;
            }
            Rational width = cut.plus(before.negate());
            for (Rational place : List.of(
                    cut, before.plus(width.times(Rational.of(1, 3))), before.plus(width.times(Rational.of(2, 3))))) {
                Optional<Rational> value = value(difference, Map.of(name, place));
                if (value.isEmpty() || !value.get().isZero()) {
                    return value.isEmpty() ? OPEN : Verdict.different(Basis.PROOF);
                }
            }
            before = cut;
        }
        return Verdict.equal(Basis.PROOF);
    }

    /** Whether every term is a number times at most one generator, which must be a variable if only these are allowed. */
    private static boolean isLinear(Form form, boolean variables, Atoms atoms) {
        return form.isPolynomial()
                && form.numerator().terms().keySet().stream()
                        .allMatch(monomial -> monomial.size() == 0
                                || (monomial.size() == 1
                                        && monomial.exponent(0) == Monomial.UNIT
                                        && (atoms.kind(monomial.atom(0)) == Atoms.Kind.VARIABLE
                                                || (!variables && atoms.kind(monomial.atom(0)) == Atoms.Kind.OPAQUE))));
    }
}
