package dev.wst.rewards.judge;

import java.util.OptionalDouble;

/**
 * One reply of a judge: a value, or why there is none.
 *
 * @param reason empty where there is a value
 */
record Ruling(OptionalDouble value, String reason) {
    static Ruling of(double value) {
        return new Ruling(OptionalDouble.of(value), "");
    }

    static Ruling none(String reason) {
        return new Ruling(OptionalDouble.empty(), reason);
    }

    boolean came() {
        return value.isPresent();
    }

    double get() {
        return value.orElseThrow(() -> new IllegalStateException("no verdict: " + reason));
    }
}
