package dev.wst.rewards.math.algebra;

/**
 * Counts the work of one comparison. A unit is about a microsecond; who spends more than there is stops with
 * {@link Exhausted}, which never leaves the package.
 */
public final class Budget {
    /** Numbers beyond this many bits are not computed exactly. 2004! has 19,000. */
    static final int MOST_BITS = 150_000;

    /** Nesting beyond this is not read; it also bounds every recursion over a tree. */
    public static final int DEEPEST = 80;

    private long left;

    public Budget(long units) {
        this.left = units;
    }

    /** Takes off some work. */
    public void spend(long units) {
        left -= units;
        if (left < 0) {
            throw new Exhausted("too much work");
        }
    }

    /** Takes off some work if there is enough left for it; whether there was. */
    public boolean affords(long units) {
        boolean enough = left >= units;
        left -= enough ? units : 0;
        return enough;
    }

    /** Takes off an operation on numbers of that many bits. */
    public void spendOnBits(long bits) {
        if (bits > MOST_BITS) {
            throw new Exhausted("a number of more than " + MOST_BITS + " bits");
        }
        spend(1 + bits * bits / 4_000_000);
    }

    /** Takes off bringing a fraction to lowest terms whose smaller part has that many bits: Euclid's algorithm is slow. */
    public void spendOnReduction(long bits) {
        spend(bits * bits / 120_000);
    }

    /** Takes off rounding a fraction of that many bits to a few digits. */
    public void spendOnDigits(long bits) {
        spend(bits / 150);
    }

    /** Takes off the test whether a number of that many bits is prime: 20 powers modulo it. */
    void spendOnPrimality(long bits) {
        spend(20 + bits * bits / 80);
    }

    /** No verdict can be had within bounds, and why. */
    public static class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Exhausted(String message) {
            super(message, null, false, false);
        }

        /** The same, with which of the two answers it is about. */
        public Exhausted in(String side) {
            return new Exhausted(side + ": " + getMessage());
        }
    }

    /** An answer is read, but holds an operation that is not carried out here. */
    public static final class NotCarriedOut extends Exhausted {
        private static final long serialVersionUID = 1;

        public NotCarriedOut(String message) {
            super(message);
        }

        @Override
        public NotCarriedOut in(String side) {
            return new NotCarriedOut(side + ": " + getMessage());
        }
    }
}
