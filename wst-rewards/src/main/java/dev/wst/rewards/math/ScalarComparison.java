package dev.wst.rewards.math;

import dev.wst.rewards.math.Node.Call;
import dev.wst.rewards.math.Node.Numeral;
import dev.wst.rewards.math.Verdict.Basis;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Compares two scalars: by canonical form if that decides, else by their values at four points. */
final class ScalarComparison {
    private static final int POINTS = 4;
    private static final int DIGITS_OF_A_DOUBLE = 15;
    private static final int MOST_DIGITS_OF_A_DOUBLE = 17;

    /** How many units in the last place a computation in doubles may be off. */
    private static final BigDecimal LAST_BITS = BigDecimal.valueOf(4);

    private static final Verdict BRANCHED = Verdict.undecided("a point where roots of negative numbers are taken");

    private final int significant;
    private final Budget budget;

    /** @param significant how many digits a decimal numeral needs to count as the rounding of another value */
    ScalarComparison(int significant, Budget budget) {
        this.significant = significant;
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
        if (rounds(one, other) || rounds(other, one)) {
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

    private static Node natural(Node node) {
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

    /** Whether a decimal numeral with enough digits is the other value, rounded to its last place. */
    private boolean rounds(Node rounded, Node exact) {
        if (!(rounded instanceof Numeral numeral) || numeral.places() == 0 || Trees.hasNames(exact)) {
            return false;
        }
        if (exact instanceof Numeral other
                && other.places() == 0
                && other.value().isInteger()) {
            return isPrintedDouble(numeral, other.value());
        }
        if (numeral.significant() < significant || isShorter(exact, numeral)) {
            return false;
        }
        try {
            Complex value = new Evaluator(new Point(0, false), Precision.STANDARD, budget).of(natural(exact));
            return value.isReal() && (rounded(value.re(), numeral) || isPrintedDouble(numeral, value.re()));
        } catch (ArithmeticException | Budget.Exhausted unknown) {
            return false;
        }
    }

    private static boolean isShorter(Node exact, Numeral numeral) {
        return exact instanceof Numeral other && other.places() <= numeral.places() && other.places() > 0;
    }

    private static boolean rounded(BigDecimal value, Numeral numeral) {
        BigDecimal shown = Precision.HIGH.of(numeral.value());
        if (Math.abs(Precision.magnitude(value) - Precision.magnitude(shown)) > 1) {
            return false;
        }
        return isShown(shown, value, numeral.places(), RoundingMode.HALF_UP)
                || isShown(shown, value, numeral.places(), RoundingMode.HALF_EVEN)
                || (numeral.significant() > 6 && isShown(shown, value, numeral.places(), RoundingMode.DOWN));
    }

    private static boolean isShown(BigDecimal shown, BigDecimal value, int places, RoundingMode mode) {
        return value.setScale(places, mode).compareTo(shown.setScale(places, RoundingMode.HALF_UP)) == 0;
    }

    /** 23.999999999999996 is how a program prints 24: with as many digits as a double has, and right but for its last bits. */
    private boolean isPrintedDouble(Numeral numeral, Rational exact) {
        budget.spendOnDigits(exact.bits());
        return isPrintedDouble(numeral, Precision.STANDARD.of(exact));
    }

    private static boolean isPrintedDouble(Numeral numeral, BigDecimal exact) {
        boolean shown = numeral.significant() >= DIGITS_OF_A_DOUBLE && numeral.significant() <= MOST_DIGITS_OF_A_DOUBLE;
        double near = exact.doubleValue();
        if (!shown || exact.signum() == 0 || Double.isInfinite(near)) {
            return false;
        }
        BigDecimal difference = Precision.STANDARD
                .of(numeral.value())
                .subtract(exact, Precision.STANDARD.context())
                .abs();
        BigDecimal bits = BigDecimal.valueOf(Math.ulp(near)).multiply(LAST_BITS);
        BigDecimal place = BigDecimal.ONE.movePointLeft(numeral.places());
        boolean lastPlace = numeral.significant() == DIGITS_OF_A_DOUBLE && difference.compareTo(place) <= 0;
        return lastPlace || difference.compareTo(bits) <= 0;
    }
}
