package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Complex;
import dev.wst.rewards.math.algebra.Evaluator;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Point;
import dev.wst.rewards.math.algebra.Precision;
import dev.wst.rewards.math.comparing.Verdict.Basis;

/** Compares two scalars at one point, in high precision. */
final class PointComparison {
    /** Only one of the two has a real value. */
    static final Verdict ON_ONE_SIDE = Verdict.undecided("a point where only one has a real value");

    private final Budget budget;

    PointComparison(Budget budget) {
        this.budget = budget;
    }

    /** Undecided where one has no value, or where a root or logarithm of a negative number is taken. */
    Verdict at(Point point, Node one, Node other) {
        Evaluator mine = new Evaluator(point, Precision.STANDARD, budget);
        Evaluator theirs = new Evaluator(point, Precision.STANDARD, budget);
        try {
            Complex left = mine.of(one);
            Complex right = theirs.of(other);
            if (mine.branched() != theirs.branched()) {
                return ON_ONE_SIDE;
            }
            if (mine.branched()) {
                return Verdict.undecided("a root of a negative number");
            }
            Complex difference = left.plus(right.negate(), Precision.STANDARD);
            long apart = Math.max(left.magnitude(), right.magnitude()) - difference.magnitude();
            boolean equal = difference.isZero() || apart >= Precision.STANDARD.digits() / 2;
            return equal ? Verdict.equal(Basis.EVALUATION) : Verdict.different(Basis.EVALUATION);
        } catch (ArithmeticException undefined) {
            return Verdict.undecided("not defined at a point");
        }
    }
}
