package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Atoms;
import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.Complex;
import dev.wst.rewards.math.algebra.Evaluator;
import dev.wst.rewards.math.algebra.Form;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Point;
import dev.wst.rewards.math.algebra.Polynomial;
import dev.wst.rewards.math.algebra.Precision;
import dev.wst.rewards.math.algebra.Trees;
import dev.wst.rewards.math.comparing.Verdict.Basis;
import java.util.List;

/** Compares two scalars: by canonical form if that decides, else by their values at four points. */
final class ScalarComparison {
    private static final int POINTS = 4;

    private static final Verdict BRANCHED = Verdict.undecided("a point where roots of negative numbers are taken");

    private final Roundings roundings;
    private final Budget budget;

    /** @param significant how many digits a decimal numeral needs to count as the rounding of another value */
    ScalarComparison(int significant, Budget budget) {
        this.roundings = new Roundings(significant, budget);
        this.budget = budget;
    }

    /** @throws Canonical.NotScalar if one of them is no scalar */
    Verdict compare(Node one, Node other) {
        if (one.equals(other)) {
            return Verdict.equal(Basis.PROOF);
        }
        Verdict exact = exactly(one, other);
        if (!exact.isDifferent()) {
            return exact;
        }
        if (roundings.between(one, other) || roundings.between(other, one)) {
            return Verdict.equal(Basis.ROUNDING);
        }
        if (hasPlainLogarithm(one) || hasPlainLogarithm(other)) {
            return exactly(decimalLogarithms(one), decimalLogarithms(other));
        }
        return exact;
    }

    private static boolean hasPlainLogarithm(Node node) {
        return Trees.any(
                node, part -> part instanceof Call call && call.function().equals("log"));
    }

    /** Books differ on the base of a plain log: natural or ten. */
    private static Node decimalLogarithms(Node node) {
        return Trees.mapped(
                node,
                part -> part instanceof Call call && call.function().equals("log")
                        ? new Node.Product(List.of(
                                new Call("ln", call.arguments()),
                                Node.inverse(new Call("ln", List.of(Numeral.of(10))))))
                        : part);
    }

    private Verdict exactly(Node one, Node other) {
        if (one instanceof Numeral left && other instanceof Numeral right) {
            return verdict(left.value().equals(right.value()), Basis.PROOF);
        }
        try {
            Atoms atoms = new Atoms();
            Canonical canonical = new Canonical(atoms, budget);
            Form left = canonical.of(natural(one));
            Form right = canonical.of(natural(other));
            if (left.constant().isPresent() && right.constant().isPresent()) {
                return verdict(left.constant().equals(right.constant()), Basis.PROOF);
            }
            Polynomial difference = left.minus(right, atoms, budget);
            if (difference.isZero()) {
                return Verdict.equal(Basis.PROOF);
            }
            if (difference.isGeneric(atoms)) {
                return Verdict.different(Basis.PROOF);
            }
        } catch (Budget.Exhausted tooLarge) {
            budget.spend(1);
        } catch (ArithmeticException undefined) {
            return Verdict.different(Basis.PROOF);
        }
        return byValue(natural(one), natural(other));
    }

    /** The tree with every plain log as the natural one. */
    static Node natural(Node node) {
        return hasPlainLogarithm(node)
                ? Trees.mapped(
                        node,
                        part -> part instanceof Call call && call.function().equals("log")
                                ? new Call("ln", call.arguments())
                                : part)
                : node;
    }

    private static Verdict verdict(boolean equal, Basis basis) {
        return equal ? Verdict.equal(basis) : Verdict.different(basis);
    }

    private Verdict byValue(Node one, Node other) {
        if (StepComparison.isFor(one) || StepComparison.isFor(other)) {
            return new StepComparison(budget).compare(one, other);
        }
        if (CornerComparison.isFor(one) || CornerComparison.isFor(other)) {
            return new CornerComparison(budget).compare(one, other);
        }
        boolean whole = Trees.countsOnly(one) || Trees.countsOnly(other);
        int points = Trees.hasNames(one) || Trees.hasNames(other) ? POINTS : 1;
        int defined = 0;
        for (int i = 0; i < points; i++) {
            Verdict verdict = at(new Point(i, whole), one, other);
            if (verdict.isDifferent()) {
                return verdict;
            }
            defined += verdict.isEqual() ? 1 : 0;
            if (verdict.outcome() == Verdict.Outcome.UNDECIDED && points == 1) {
                return verdict;
            }
        }
        return defined > 0
                ? Verdict.equal(Basis.EVALUATION)
                : Verdict.undecided("no point at which both could be evaluated");
    }

    private Verdict at(Point point, Node one, Node other) {
        Verdict first = at(point, one, other, Precision.STANDARD);
        boolean moreDigitsHelp = first.outcome() == Verdict.Outcome.UNDECIDED && !first.equals(BRANCHED);
        return moreDigitsHelp ? at(point, one, other, Precision.HIGH) : first;
    }

    private Verdict at(Point point, Node one, Node other, Precision precision) {
        Evaluator evaluator = new Evaluator(point, precision, budget);
        Complex left;
        Complex right;
        try {
            left = evaluator.of(one);
            right = evaluator.of(other);
        } catch (ArithmeticException undefined) {
            return Verdict.undecided("not defined, or too large to evaluate: " + undefined.getMessage());
        }
        if (evaluator.branched() && point.hasNegatives()) {
            return BRANCHED;
        }
        if (evaluator.cancelled() && precision != Precision.HIGH) {
            return Verdict.undecided("terms cancel");
        }
        return close(left, right, precision);
    }

    /** Equal within two thirds of the digits; different beyond half of them; in between the digits do not tell. */
    private static Verdict close(Complex left, Complex right, Precision precision) {
        Complex difference = left.plus(right.negate(), precision);
        if (difference.isZero()) {
            return Verdict.equal(Basis.EVALUATION);
        }
        long apart = Math.max(left.magnitude(), right.magnitude()) - difference.magnitude();
        if (apart >= precision.digits() * 2L / 3) {
            return Verdict.equal(Basis.EVALUATION);
        }
        return apart <= precision.digits() / 2
                ? Verdict.different(Basis.EVALUATION)
                : Verdict.undecided("too close to call");
    }
}
