package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.Complex;
import dev.wst.rewards.math.algebra.Evaluator;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.InBase;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Percent;
import dev.wst.rewards.math.algebra.Node.PlusMinus;
import dev.wst.rewards.math.algebra.Node.Quantity;
import dev.wst.rewards.math.algebra.Node.Relation;
import dev.wst.rewards.math.algebra.Point;
import dev.wst.rewards.math.algebra.Precision;
import dev.wst.rewards.math.algebra.Rational;
import dev.wst.rewards.math.algebra.Trees;
import java.math.BigDecimal;

/**
 * Tells whether the values in a chain of equations agree: "19 = 18" gives two answers, whichever of them is right. A decimal
 * agrees with what differs from it by less than one in its last place, and behind "approximately" a whole number does too.
 */
final class Sides {
    private static final Rational HUNDREDTH = Rational.of(1, 100);

    private final ValueComparison values;
    private final Budget budget;

    Sides(Budget budget) {
        this.values = new ValueComparison(Leniency.STANDARD, budget);
        this.budget = budget;
    }

    /** Whether no two neighbours among the sides without names are known to differ; true of what is no chain. */
    boolean agree(Node node) {
        if (!(node instanceof Chain chain)) {
            return true;
        }
        int last = -1;
        for (int i = 0; i < chain.sides().size(); i++) {
            if (isValue(chain.sides().get(i))) {
                if (last >= 0 && differ(chain, last, i)) {
                    return false;
                }
                last = i;
            }
        }
        return true;
    }

    /** Names stand for any value; signs that are either, and digits with a base, are compared as such or not at all. */
    private static boolean isValue(Node side) {
        return !Heads.isName(side)
                && !Trees.any(
                        side, part -> part instanceof Name || part instanceof PlusMinus || part instanceof InBase);
    }

    private boolean differ(Chain chain, int from, int to) {
        Node left = plain(chain.sides().get(from));
        Node right = plain(chain.sides().get(to));
        boolean oneUnit = left instanceof Quantity != right instanceof Quantity;
        boolean roughly = chain.relations().subList(from, to).contains(Relation.APPROXIMATE);
        boolean equations = chain.relations().subList(from, to).stream()
                .allMatch(relation -> relation == Relation.EQUAL || relation == Relation.APPROXIMATE);
        if (oneUnit || !equations || (roughly && !(right instanceof Numeral))) {
            return false;
        }
        try {
            return values.compare(left, right).isDifferent()
                    && !isNear(left, right, roughly)
                    && !isNear(right, left, roughly);
        } catch (Canonical.NotScalar | Budget.Exhausted | ArithmeticException unknown) {
            return false;
        }
    }

    private static Node plain(Node side) {
        return side instanceof Percent percent && percent.value() instanceof Numeral numeral
                ? new Numeral(numeral.value().times(HUNDREDTH), numeral.places() + 2, numeral.significant())
                : side;
    }

    private boolean isNear(Node exact, Node shown, boolean roughly) {
        if (!(shown instanceof Numeral numeral) || (numeral.places() == 0 && !roughly)) {
            return false;
        }
        Complex value = new Evaluator(new Point(0, false), Precision.STANDARD, budget).of(exact);
        BigDecimal decimal = Precision.STANDARD.of(numeral.value());
        int places = numeral.places() > 0
                ? numeral.places()
                : Math.min(0, decimal.stripTrailingZeros().scale());
        return value.isReal()
                && value.re().subtract(decimal).abs().compareTo(BigDecimal.ONE.scaleByPowerOfTen(-places)) < 0;
    }
}
