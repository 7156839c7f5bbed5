package dev.wst.budget;

import java.time.Duration;
import java.util.Objects;

/**
 * What a run has used of its budget.
 *
 * @param cost of its calls
 * @param time it has run, all its parts together where it was resumed
 */
public record Spent(Cost cost, Duration time) {
    /** Before the first call. */
    public static final Spent NOTHING = new Spent(Cost.NONE, Duration.ZERO);

    public Spent {
        Objects.requireNonNull(cost, "cost");
        if (time.isNegative()) {
            throw new IllegalArgumentException("a run does not take less than no time, got " + time);
        }
    }
}
