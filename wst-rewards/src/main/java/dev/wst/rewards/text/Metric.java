package dev.wst.rewards.text;

import dev.wst.Reward;

/** How alike two texts are, from 0 to 1. */
@FunctionalInterface
interface Metric {
    /** The most cells of a dynamic-programming table: about a tenth of a second. */
    long MOST_CELLS = 100_000_000L;

    Reward compare(String text, String reference);

    /** Whether a table of that size may be filled. */
    static boolean affordable(int rows, int columns) {
        return (long) rows * columns <= MOST_CELLS;
    }

    static Reward tooLong(String unit, int text, int reference) {
        return Reward.unscored("too long to compare: " + text + " " + unit + " with " + reference);
    }
}
