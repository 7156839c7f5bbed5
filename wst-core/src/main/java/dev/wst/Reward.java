package dev.wst;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A verdict on an attempt: a value with named parts, or <em>unscored</em> with a reason. Unscored is not zero: such a
 * rollout leaves the batch and is counted.
 *
 * <pre>{@code
 * RewardFunction exact = attempt ->
 *         Reward.of(attempt.answer().text().contains(attempt.task().reference().orElseThrow()) ? 1 : 0);
 * }</pre>
 */
public final class Reward {
    private final boolean scored;
    private final double value;
    private final Map<String, Double> parts;
    private final String reason;

    private Reward(boolean scored, double value, Map<String, Double> parts, String reason) {
        this.scored = scored;
        this.value = value;
        this.parts = parts;
        this.reason = reason;
    }

    /**
     * A value without parts.
     *
     * @throws IllegalArgumentException if it is NaN or infinite
     */
    public static Reward of(double value) {
        return of(value, Map.of());
    }

    /**
     * A value and the parts it was made of, which are logged under their names and not added up again.
     *
     * @throws IllegalArgumentException if the value or a part is NaN or infinite
     */
    public static Reward of(double value, Map<String, Double> parts) {
        requireFinite("the reward", value);
        return new Reward(true, value, checked(parts), "");
    }

    /** No verdict, and why. */
    public static Reward unscored(String reason) {
        return unscored(reason, Map.of());
    }

    /**
     * No verdict, why, and what was measured all the same; such parts count in the means that are logged.
     *
     * @throws IllegalArgumentException if the reason is blank or a part is NaN or infinite
     */
    public static Reward unscored(String reason, Map<String, Double> parts) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an unscored reward needs a reason");
        }
        return new Reward(false, 0, checked(parts), reason);
    }

    public boolean isScored() {
        return scored;
    }

    /**
     * The value; higher is better, any unit.
     *
     * @throws IllegalStateException if this is unscored
     */
    public double value() {
        if (!scored) {
            throw new IllegalStateException("this rollout has no reward: " + reason);
        }
        return value;
    }

    /** The named parts, in the order given. */
    public Map<String, Double> parts() {
        return parts;
    }

    /** Why there is no verdict; empty if there is one. */
    public String reason() {
        return reason;
    }

    private static Map<String, Double> checked(Map<String, Double> parts) {
        parts.forEach((name, part) -> requireFinite("reward part " + name, part));
        return Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    private static void requireFinite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    what + " is " + value + "; return Reward.unscored(reason) where no number can be given");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reward that
                && scored == that.scored
                && Double.compare(value, that.value) == 0
                && parts.equals(that.parts)
                && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scored, value, parts, reason);
    }

    @Override
    public String toString() {
        return "Reward[" + (scored ? value : "unscored: " + reason) + (parts.isEmpty() ? "" : ", " + parts) + "]";
    }
}
