package dev.wst.rewards.math;

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
        long hash = mixed(name);
        if (whole) {
            return Rational.of(PRIMES[(int) Math.floorMod(hash, (long) PRIMES.length)] + 3L * which);
        }
        long digits = 300_000_007L + Math.floorMod(hash, 2_400_000_000L);
        boolean negative = which == 2 || (which == 3 && (hash >>> 40 & 1) == 1);
        return Rational.of(negative ? -digits : digits, 1_000_000_000L);
    }

    /** A finaliser of MurmurHash3 over the name, so that neighbouring names lie far apart. */
    private long mixed(String name) {
        long hash = name.hashCode() * 0x9E3779B97F4A7C15L + which * 0xC2B2AE3D27D4EB4FL;
        hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ hash >>> 33) * 0xC4CEB9FE1A85EC53L;
        return hash ^ hash >>> 33;
    }
}
