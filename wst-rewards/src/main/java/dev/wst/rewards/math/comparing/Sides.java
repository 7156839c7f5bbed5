package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Percent;
import dev.wst.rewards.math.algebra.Node.Relation;
import dev.wst.rewards.math.algebra.Precision;
import dev.wst.rewards.math.algebra.Rational;
import java.math.BigDecimal;

/**
 * Tells whether the numerals in a chain of equations agree: "19 = 18" gives two answers, whichever of them is right. A decimal
 * agrees with what differs from it by less than one in its last place, and behind "approximately" a whole number does too.
 * What is calculated on a side does not count: graders take "3 + 3 = 2" for 2.
 */
final class Sides {
    private static final Rational HUNDREDTH = Rational.of(1, 100);

    private final ScalarComparison values;

    Sides(Budget budget) {
        this.values = new ScalarComparison(Leniency.STANDARD.significant(), budget);
    }

    /** Whether no two numerals that stand beside each other differ; true of what is no chain. */
    boolean agree(Node node) {
        if (!(node instanceof Chain chain)) {
            return true;
        }
        for (int i = 0; i + 1 < chain.sides().size(); i++) {
            if (plain(chain.sides().get(i)) instanceof Numeral left
                    && plain(chain.sides().get(i + 1)) instanceof Numeral right
                    && differ(left, chain.relations().get(i), right)) {
                return false;
            }
        }
        return true;
    }

    private static Node plain(Node side) {
        return side instanceof Percent percent && percent.value() instanceof Numeral numeral
                ? new Numeral(numeral.value().times(HUNDREDTH), numeral.places() + 2, numeral.significant())
                : side;
    }

    private boolean differ(Numeral left, Relation relation, Numeral right) {
        boolean roughly = relation == Relation.APPROXIMATE;
        if (!roughly && relation != Relation.EQUAL) {
            return false;
        }
        BigDecimal apart = Precision.STANDARD
                .of(left.value())
                .subtract(Precision.STANDARD.of(right.value()))
                .abs();
        boolean near = apart.compareTo(place(left, roughly).max(place(right, roughly))) < 0;
        return !near && values.compare(left, right).isDifferent();
    }

    /** The last place that a numeral shows, if what is said to be equal may differ in it; else zero. */
    private static BigDecimal place(Numeral numeral, boolean roughly) {
        if (numeral.places() == 0 && !roughly) {
            return BigDecimal.ZERO;
        }
        BigDecimal value = Precision.STANDARD.of(numeral.value());
        int zeros = Math.max(0, -value.stripTrailingZeros().scale());
        return BigDecimal.ONE.scaleByPowerOfTen(numeral.places() > 0 ? -numeral.places() : zeros);
    }
}
