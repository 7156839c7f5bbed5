package dev.wst.rewards.text;

import dev.wst.Reward;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

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

    /**
     * What the table gives, with the part {@code too_long}; 0 for a text that is too long for its table, so that no failure
     * is made unscored by going on and on.
     *
     * @param text units of the text, and of the reference
     */
    static Reward bounded(String unit, int text, int reference, Supplier<Reward> compared) {
        if (!affordable(reference, reference)) {
            return Reward.unscored("the reference is too long to compare with: " + reference + " " + unit);
        }
        boolean tooLong = !affordable(text, reference);
        Reward reward = tooLong ? Reward.of(0) : compared.get();
        Map<String, Double> parts = new LinkedHashMap<>(reward.parts());
        parts.put("too_long", tooLong ? 1.0 : 0.0);
        return Reward.of(reward.value(), parts);
    }
}
