package dev.wst.rewards.math;

import java.util.SplittableRandom;

/**
 * A value for every variable: distinct, without pattern, and always the same for the same name, so that a verdict never
 * depends on chance. Expressions with factorials are evaluated at whole numbers.
 */
final class Point {
    private static final int[] PRIMES = {7, 11, 13, 17, 19, 23, 29, 31, 37, 41};

    private final int which;
    private final boolean whole;

    /**
     * @param which 0 and 1 are positive points; at 2 all variables are negative, at 3 about half
     * @param whole whether variables are small whole numbers
     */
    Point(int which, boolean whole) {
        this.which = which;
        this.whole = whole;
    }

    boolean hasNegatives() {
        return which >= 2 && !whole;
    }

    Rational valueOf(String name) {
        SplittableRandom random = new SplittableRandom(31L * name.hashCode() + which);
        if (whole) {
            return Rational.of(PRIMES[random.nextInt(PRIMES.length)] + 3L * which);
        }
        long digits = 300_000_007L + random.nextLong(2_400_000_000L);
        boolean negative = which == 2 || (which == 3 && random.nextBoolean());
        return Rational.of(negative ? -digits : digits, 1_000_000_000L);
    }
}
