package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Complex;
import dev.wst.rewards.math.algebra.Evaluator;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Point;
import dev.wst.rewards.math.algebra.Precision;
import dev.wst.rewards.math.algebra.Trees;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Decides whether a decimal is meant as another value that it does not equal. Two ways of writing count, each with a meaning:
 *
 * <p>A <em>rounding</em> of a value that has more places than are shown, as 0.333333 is of 1/3 and 3.14159265 of pi: at least
 * so many significant digits as the policy asks, all of them right, to the last place rounded or, if more than six are shown,
 * cut off. A whole number has no more places than are shown, so that no decimal is its rounding; nor is one the rounding of a
 * decimal that is no longer than itself. At most {@value #MOST_DIGITS} digits are checked, more are no rounding of anything.
 *
 * <p>A <em>printed double</em>, as 23.999999999999996 is for 24: 15 to 17 significant digits, as programs print them, that
 * are those of a double at most {@value #LAST_BITS} units in the last place beside the value, rounded or cut off. So
 * 4.00000000000001, which no such double prints, is not 4, and what has more digits than a double never is.
 */
final class Roundings {
    static final int MOST_DIGITS = 180;
    static final int LAST_BITS = 4;

    private static final int FEWEST_OF_A_DOUBLE = 15;
    private static final int MOST_OF_A_DOUBLE = 17;

    /** More digits than this need the higher precision. */
    private static final int STANDARD_DIGITS = 40;

    /** Digits of an evaluated value that may be noise. */
    private static final int NOISE = 6;

    private final int significant;
    private final Budget budget;

    /** @param significant how many digits a decimal needs to count as the rounding of another value */
    Roundings(int significant, Budget budget) {
        this.significant = significant;
        this.budget = budget;
    }

    /** Whether the first is a decimal that is meant as the second. */
    boolean between(Node shown, Node exact) {
        if (!(shown instanceof Numeral numeral) || numeral.places() == 0 || Trees.hasNames(exact)) {
            return false;
        }
        if (exact instanceof Numeral other
                && other.places() == 0
                && other.value().isInteger()) {
            budget.spendOnDigits(other.value().bits());
            return isPrintedDouble(numeral, Precision.STANDARD.of(other.value()));
        }
        if (numeral.significant() < significant || numeral.significant() > MOST_DIGITS || isShorter(exact, numeral)) {
            return false;
        }
        Precision precision = numeral.significant() > STANDARD_DIGITS ? Precision.HIGH : Precision.STANDARD;
        try {
            Complex value = new Evaluator(new Point(0, false), precision, budget).of(ScalarComparison.natural(exact));
            BigDecimal real = value.re().round(new MathContext(precision.digits() - NOISE));
            return value.isReal() && (isRounding(real, numeral) || isPrintedDouble(numeral, real));
        } catch (ArithmeticException | Budget.Exhausted unknown) {
            return false;
        }
    }

    private static boolean isShorter(Node exact, Numeral numeral) {
        return exact instanceof Numeral other && other.places() <= numeral.places() && other.places() > 0;
    }

    private static boolean isRounding(BigDecimal value, Numeral numeral) {
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

    private static boolean isPrintedDouble(Numeral numeral, BigDecimal exact) {
        int digits = numeral.significant();
        double near = exact.doubleValue();
        boolean possible = digits >= FEWEST_OF_A_DOUBLE && digits <= MOST_OF_A_DOUBLE && near != 0;
        if (!possible || Double.isInfinite(near)) {
            return false;
        }
        BigDecimal shown = Precision.STANDARD.of(numeral.value());
        double place = near;
        for (int i = 0; i < LAST_BITS; i++) {
            place = Math.nextDown(place);
        }
        for (int i = -LAST_BITS; i <= LAST_BITS; i++) {
            BigDecimal bits = new BigDecimal(place);
            if (bits.round(new MathContext(digits, RoundingMode.HALF_EVEN)).compareTo(shown) == 0
                    || bits.round(new MathContext(digits, RoundingMode.DOWN)).compareTo(shown) == 0) {
                return true;
            }
            place = Math.nextUp(place);
        }
        return false;
    }
}
