package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Atoms;
import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.Complex;
import dev.wst.rewards.math.algebra.Evaluator;
import dev.wst.rewards.math.algebra.Form;
import dev.wst.rewards.math.algebra.Monomial;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Point;
import dev.wst.rewards.math.algebra.Polynomial;
import dev.wst.rewards.math.algebra.Precision;
import dev.wst.rewards.math.algebra.Rational;
import dev.wst.rewards.math.algebra.Trees;
import dev.wst.rewards.math.comparing.Verdict.Basis;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides whether one expression is a constant multiple of another, which is when their equations are the same. */
final class Proportions {
    /**
     * The outcome.
     *
     * @param verdict whether they are proportional
     * @param sign of the factor, if they are
     */
    record Proportion(Verdict verdict, int sign) {}

    private static final int POINTS = 4;

    /** Factors between equations have small denominators, which divide this. */
    private static final long DENOMINATORS = 27_720;

    private final Budget budget;

    Proportions(Budget budget) {
        this.budget = budget;
    }

    /**
     * Whether two expressions are zero together.
     *
     * @param ordered whether their signs matter as well; if not, denominators are cleared: where one vanishes does not count
     */
    Proportion of(Node one, Node other, boolean ordered) {
        try {
            Atoms atoms = new Atoms();
            Canonical canonical = new Canonical(atoms, budget);
            Form left = canonical.of(one);
            Form right = canonical.of(other);
            if (left.numerator().isZero() || right.numerator().isZero()) {
                boolean both = left.numerator().isZero() && right.numerator().isZero();
                return new Proportion(both ? Verdict.equal(Basis.PROOF) : Verdict.different(Basis.PROOF), 1);
            }
            int sign = left.denominator().terms().equals(right.denominator().terms())
                    ? sign(left.numerator(), right.numerator(), budget)
                    : 0;
            if (sign != 0) {
                return new Proportion(Verdict.equal(Basis.PROOF), sign);
            }
            if (!ordered && cleared(left, right, atoms)) {
                return new Proportion(Verdict.equal(Basis.PROOF), 1);
            }
            boolean generic = left.isPolynomial() && right.isPolynomial();
            if (generic
                    && left.numerator().isGeneric(atoms)
                    && right.numerator().isGeneric(atoms)
                    && rational(left.numerator(), atoms)
                    && rational(right.numerator(), atoms)) {
                return new Proportion(Verdict.different(Basis.PROOF), 0);
            }
        } catch (Budget.Exhausted | ArithmeticException notExact) {
            budget.spend(1);
        }
        return byValue(one, other);
    }

    /** Whether the numerators are multiples of each other once no negative power is left in them. */
    private boolean cleared(Form left, Form right, Atoms atoms) {
        Polynomial mine = left.numerator().withoutNegativePowers(atoms, budget);
        Polynomial theirs = right.numerator().withoutNegativePowers(atoms, budget);
        return sign(mine, theirs, budget) != 0;
    }

    /** Whether all generators are variables, so that a constant factor can only be rational. */
    private static boolean rational(Polynomial polynomial, Atoms atoms) {
        for (Monomial monomial : polynomial.terms().keySet()) {
            for (int position = 0; position < monomial.size(); position++) {
                if (atoms.kind(monomial.atom(position)) != Atoms.Kind.VARIABLE) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The sign of the rational factor between two polynomials; 0 if there is none. */
    private static int sign(Polynomial left, Polynomial right, Budget budget) {
        if (!left.terms().keySet().equals(right.terms().keySet())) {
            return 0;
        }
        Rational factor = left.leading().times(right.leading().inverse(), budget);
        Iterator<Map.Entry<Monomial, Rational>> others =
                right.terms().entrySet().iterator();
        for (Rational coefficient : left.terms().values()) {
            Rational other = others.next().getValue();
            if (!other.times(factor, budget).equals(coefficient)) {
                return 0;
            }
        }
        return factor.signum();
    }

    private Proportion byValue(Node one, Node other) {
        boolean whole = Trees.countsOnly(one) || Trees.countsOnly(other);
        List<Complex> ratios = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            ratio(new Point(i, whole), one, other).ifPresent(ratios::add);
        }
        if (ratios.size() < 2) {
            return new Proportion(Verdict.undecided("equations that could not be evaluated"), 0);
        }
        boolean constant = ratios.stream().allMatch(ratio -> close(ratios.get(0), ratio));
        if (constant && (hasBreaks(one) || hasBreaks(other))) {
            return atBreaks(one, other, ratios.get(0));
        }
        return constant
                ? new Proportion(
                        Verdict.equal(Basis.EVALUATION), ratios.get(0).re().signum())
                : new Proportion(Verdict.different(Basis.EVALUATION), 0);
    }

    private static boolean hasBreaks(Node node) {
        return StepComparison.isFor(node) || CornerComparison.isFor(node);
    }

    /** Points do not see every corner and step: with the ratio as a factor, the two must be equal as scalars. */
    private Proportion atBreaks(Node one, Node other, Complex ratio) {
        Rational factor = Rational.of(
                ratio.re()
                        .multiply(BigDecimal.valueOf(DENOMINATORS))
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .toBigInteger(),
                BigInteger.valueOf(DENOMINATORS));
        Node scaled = new Node.Product(List.of(Node.Numeral.of(factor), other));
        Verdict verdict = new ScalarComparison(Integer.MAX_VALUE, budget).compare(one, scaled);
        return new Proportion(verdict, factor.signum());
    }

    private Optional<Complex> ratio(Point point, Node one, Node other) {
        try {
            Evaluator evaluator = new Evaluator(point, Precision.STANDARD, budget);
            Complex left = evaluator.of(one);
            Complex right = evaluator.of(other);
            return left.isZero() || right.isZero()
                    ? Optional.empty()
                    : Optional.of(left.times(right.inverse(Precision.STANDARD), Precision.STANDARD));
        } catch (ArithmeticException undefined) {
            return Optional.empty();
        }
    }

    private static boolean close(Complex one, Complex other) {
        Complex difference = one.plus(other.negate(), Precision.STANDARD);
        return difference.isZero() || one.magnitude() - difference.magnitude() > Precision.STANDARD.digits() * 2L / 3;
    }
}
