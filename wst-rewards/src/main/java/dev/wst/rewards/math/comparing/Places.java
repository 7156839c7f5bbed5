package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.Complex;
import dev.wst.rewards.math.algebra.Evaluator;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Constant;
import dev.wst.rewards.math.algebra.Point;
import dev.wst.rewards.math.algebra.Precision;
import dev.wst.rewards.math.algebra.Trees;
import java.math.BigDecimal;

/** Where the ends of intervals lie on the line, to the digits of a double: enough to sort them. */
final class Places {
    private Places() {}

    /** The approximate place of an end; not a number if that depends on names or cannot be had. */
    static double of(Node end, Budget budget) {
        if (end == Constant.INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        if (end.equals(Region.MINUS_INFINITY)) {
            return Double.NEGATIVE_INFINITY;
        }
        if (Trees.hasNames(end)) {
            return Double.NaN;
        }
        try {
            Complex value = new Evaluator(new Point(0, false), Precision.STANDARD, budget).of(end);
            BigDecimal real = value.re();
            return value.isReal() ? real.doubleValue() : Double.NaN;
        } catch (ArithmeticException | Canonical.NotScalar undefined) {
            return Double.NaN;
        }
    }
}
