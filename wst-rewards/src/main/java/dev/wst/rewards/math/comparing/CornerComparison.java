package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Atoms;
import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.Conditions;
import dev.wst.rewards.math.algebra.Corners;
import dev.wst.rewards.math.algebra.Factors;
import dev.wst.rewards.math.algebra.Form;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Point;
import dev.wst.rewards.math.algebra.Polynomial;
import dev.wst.rewards.math.algebra.Rational;
import dev.wst.rewards.math.algebra.Slices;
import dev.wst.rewards.math.algebra.SquareRoots;
import dev.wst.rewards.math.algebra.Trees;
import dev.wst.rewards.math.comparing.Verdict.Basis;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares scalars that have corners in their variables, as absolute values have. Each sign that the inside of an absolute
 * value can have is a case, in which the corner is gone. The two are equal only if they are so in every case that can
 * occur, shown by canonical forms or, where these do not decide, by points of that case on every piece between zeros.
 */
final class CornerComparison {
    private static final int MOST_CASES = 128;
    private static final int DIGITS = 12;
    private static final int MOST_EVALUATED = 6;

    private final Budget budget;
    private final Atoms atoms = new Atoms();
    private final Canonical canonical;
    private int cases;
    private boolean shown;

    /** Whether one of the answers is made to be real everywhere, so that it counts where the other is not. */
    private boolean everywhere;

    private Node left = Node.Numeral.of(0);
    private Node right = Node.Numeral.of(0);
    private List<Integer> variables = List.of();

    CornerComparison(Budget budget) {
        this.budget = budget;
        this.canonical = new Canonical(atoms, budget);
    }

    /** Whether this is the way to compare a tree. */
    static boolean isFor(Node node) {
        return Corners.in(node);
    }

    Verdict compare(Node one, Node other) {
        left = one;
        right = other;
        Set<String> names = Trees.names(new Node.Sum(List.of(one, other)));
        variables = names.stream().map(atoms::variable).toList();
        Corners corners = new Corners(canonical, new SquareRoots(atoms, budget), budget);
        Node mine = corners.unfolded(one);
        Node theirs = corners.unfolded(other);
        everywhere = corners.areReal();
        Verdict verdict = cases(mine, theirs, new Conditions(List.of(), atoms, budget));
        if (verdict.isEqual() && !shown) {
            return Verdict.undecided("no point at which both could be evaluated");
        }
        boolean signs = verdict.isEqual() && (SignZeros.in(one) || SignZeros.in(other));
        return signs
                ? JoinedVerdicts.both(verdict, new SignZeros(atoms, canonical, budget).compare(one, other))
                : verdict;
    }

    private Verdict cases(Node one, Node other, Conditions conditions) {
        Optional<Call> corner = innermost(one).or(() -> innermost(other));
        if (corner.isEmpty()) {
            return within(one, other, conditions);
        }
        Node inside = corner.get().arguments().get(0);
        Form form;
        try {
            form = canonical.of(inside);
        } catch (ArithmeticException undefined) {
            return Verdict.equal(Basis.PROOF);
        }
        if (form.numerator().isZero()) {
            return cases(replaced(one, corner.get(), inside), replaced(other, corner.get(), inside), conditions);
        }
        return signs(one, other, corner.get(), new ArrayList<>(Factors.of(form, atoms, budget)), 1, conditions);
    }

    /** The sign of a product from the signs of its factors, each of which may be either where it is not yet known. */
    private Verdict signs(
            Node one, Node other, Call corner, List<Polynomial> factors, int sign, Conditions conditions) {
        if (factors.isEmpty()) {
            Node inside = corner.arguments().get(0);
            Node value =
                    corner.function().equals("sgn") ? Node.Numeral.of(sign) : sign > 0 ? inside : Node.negated(inside);
            return cases(replaced(one, corner, value), replaced(other, corner, value), conditions);
        }
        Polynomial factor = factors.get(0);
        List<Polynomial> rest = factors.subList(1, factors.size());
        int known = known(factor, conditions);
        if (known != 0) {
            return signs(one, other, corner, rest, sign * known, conditions);
        }
        Verdict positive = signs(one, other, corner, rest, sign, conditions.with(factor, true));
        return positive.isDifferent()
                ? positive
                : JoinedVerdicts.both(positive, signs(one, other, corner, rest, -sign, conditions.with(factor, false)));
    }

    private int known(Polynomial factor, Conditions conditions) {
        Optional<Rational> constant = factor.constant();
        if (constant.isPresent()) {
            return constant.get().signum();
        }
        int asked = conditions.sign(factor);
        if (asked != 0) {
            return asked;
        }
        if (conditions.with(factor, false).contradict()) {
            return 1;
        }
        return conditions.with(factor, true).contradict() ? -1 : 0;
    }

    private static Optional<Call> innermost(Node node) {
        for (Node child : Trees.children(node)) {
            Optional<Call> inside = innermost(child);
            if (inside.isPresent()) {
                return inside;
            }
        }
        boolean corner = node instanceof Call call
                && (call.function().equals("abs") || call.function().equals("sgn"))
                && Trees.hasNames(call);
        return corner ? Optional.of((Call) node) : Optional.empty();
    }

    private static Node replaced(Node node, Call corner, Node value) {
        return Trees.mapped(node, part -> part.equals(corner) ? value : part);
    }

    private Verdict within(Node one, Node other, Conditions conditions) {
        if (++cases > MOST_CASES) {
            throw new Budget.Exhausted("more than " + MOST_CASES + " cases of signs");
        }
        Polynomial difference;
        try {
            difference = canonical.of(one).minus(canonical.of(other), atoms, budget);
        } catch (ArithmeticException undefined) {
            return Verdict.equal(Basis.PROOF);
        }
        if (difference.isZero()) {
            shown = true;
            return Verdict.equal(Basis.PROOF);
        }
        if (conditions.contradict()) {
            return Verdict.equal(Basis.PROOF);
        }
        return atPoints(one, other, difference, conditions);
    }

    private Verdict atPoints(Node one, Node other, Polynomial difference, Conditions conditions) {
        boolean known = conditions.inVariables()
                && !Factors.hasOtherRadicand(one, canonical, atoms)
                && !Factors.hasOtherRadicand(other, canonical, atoms);
        if (!known || variables.isEmpty()) {
            return spread();
        }
        List<Polynomial> cuts = new ArrayList<>(conditions.polynomials());
        cuts.addAll(Factors.radicands(one, canonical, atoms));
        cuts.addAll(Factors.radicands(other, canonical, atoms));
        Slices slices = new Slices(cuts, atoms, budget);
        List<Map<Integer, Double>> points = slices.points(variables);
        int evaluated = 0;
        int equal = 0;
        boolean inside = false;
        for (Map<Integer, Double> point : points) {
            budget.spend(1);
            if (!conditions.hold(point)) {
                continue;
            }
            inside = true;
            Verdict verdict = at(point);
            if (verdict.equals(PointComparison.ON_ONE_SIDE) && everywhere) {
                return verdict;
            }
            boolean real = verdict.outcome() != Verdict.Outcome.UNDECIDED;
            if (real && difference.isGeneric(atoms)) {
                return Verdict.different(Basis.PROOF);
            }
            if (verdict.isDifferent()) {
                return verdict;
            }
            equal += verdict.isEqual() ? 1 : 0;
            if (++evaluated >= MOST_EVALUATED + variables.size()) {
                break;
            }
        }
        shown |= equal > 0;
        if (!slices.complete()) {
            return spread();
        }
        return inside
                ? Verdict.equal(Basis.EVALUATION)
                : Verdict.undecided("a case of signs that could be neither shown nor excluded");
    }

    /** Equal, different, or undecided where they have no real value there. */
    private Verdict at(Map<Integer, Double> values) {
        Map<String, Rational> named = new HashMap<>();
        values.forEach((atom, value) -> named.put(atoms.name(atom), rational(value)));
        return new PointComparison(budget).at(Point.of(named), left, right);
    }

    /** A near fraction of the same sign, however small or large. */
    private static Rational rational(double value) {
        BigDecimal near = new BigDecimal(value).round(new MathContext(DIGITS));
        BigInteger ten = BigInteger.TEN.pow(Math.abs(near.scale()));
        return near.scale() > 0
                ? Rational.of(near.unscaledValue(), ten)
                : Rational.of(near.unscaledValue().multiply(ten));
    }

    /** Insides that are no polynomials have zeros that are not found: points of every size can tell apart, but not more. */
    private Verdict spread() {
        for (Point point : Point.spread(Trees.names(new Node.Sum(List.of(left, right))))) {
            if (new PointComparison(budget).at(point, left, right).isDifferent()) {
                return Verdict.different(Basis.EVALUATION);
            }
        }
        return Verdict.undecided("equal at some points, but with corners at places that are not known");
    }
}
