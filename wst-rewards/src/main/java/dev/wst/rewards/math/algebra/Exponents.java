package dev.wst.rewards.math.algebra;

import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Power;
import dev.wst.rewards.math.algebra.Node.Product;
import org.jspecify.annotations.Nullable;

/** Recognises exponents that are plain fractions, for which roots of negative numbers are real where they can be. */
public final class Exponents {
    private Exponents() {}

    /** The value of a quotient of numerals; null if the tree is more than that. */
    public static @Nullable Rational rational(Node node) {
        if (node instanceof Numeral numeral) {
            return numeral.value();
        }
        if (node instanceof Power power && power.exponent().equals(Numeral.of(-1))) {
            Rational base = rational(power.base());
            return base == null || base.isZero() ? null : base.inverse();
        }
        if (node instanceof Product product) {
            Rational value = Rational.ONE;
            for (Node factor : product.factors()) {
                Rational part = rational(factor);
                if (part == null || part.bits() + value.bits() > 400) {
                    return null;
                }
                value = value.times(part);
            }
            return value;
        }
        return null;
    }
}
