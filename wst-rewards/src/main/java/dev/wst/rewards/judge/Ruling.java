package dev.wst.rewards.judge;

import java.util.OptionalDouble;

/**
 * One reply of a judge: a value, or why there is none.
 *
 * @param reason empty where there is a value
 * @param isUnavailable whether there is none because the judge could not be asked
 */
record Ruling(OptionalDouble value, String reason, boolean isUnavailable) {
    static Ruling of(double value) {
        return new Ruling(OptionalDouble.of(value), "", false);
    }

    static Ruling none(String reason) {
        return new Ruling(OptionalDouble.empty(), reason, false);
    }

    /** The judge could not be asked, and may be later. */
    static Ruling unavailable(String reason) {
        return new Ruling(OptionalDouble.empty(), reason, true);
    }

    boolean came() {
        return value.isPresent();
    }

    double get() {
        return value.orElseThrow(() -> new IllegalStateException("no verdict: " + reason));
    }
}
