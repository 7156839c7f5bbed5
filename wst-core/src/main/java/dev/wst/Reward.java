package dev.wst;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

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
    private final boolean temporary;

    private Reward(boolean scored, double value, Map<String, Double> parts, String reason, boolean temporary) {
        this.scored = scored;
        this.temporary = temporary;
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
        return new Reward(true, value, checked(parts), "", false);
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
        return new Reward(false, 0, checked(parts), reason, false);
    }

    /**
     * No verdict because somebody who was to be asked could not be: a judge, a service. Where a whole step has none, a run waits
     * and has its answers judged again.
     */
    public static Reward unavailable(String reason) {
        return unscored(reason).because(true);
    }

    /** No verdict for want of this one: {@link #isTemporary() temporary} if this is. */
    public Reward missing(String why, Map<String, Double> measured) {
        return unscored(why, measured).because(temporary);
    }

    /**
     * The mean of those that are scored, of values and of each part; unscored where none is, and {@link #isTemporary() temporary}
     * if the first is.
     *
     * <pre>{@code
     * Reward mean = Reward.mean(List.of(Reward.of(1), Reward.unscored("no answer"), Reward.of(0)));     // 0.5
     * }</pre>
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Reward mean(List<Reward> rewards) {
        if (rewards.isEmpty()) {
            throw new IllegalArgumentException("a mean needs at least one reward");
        }
        if (rewards.size() == 1) {
            return rewards.get(0);
        }
        List<Reward> scored = rewards.stream().filter(Reward::isScored).toList();
        if (scored.isEmpty()) {
            Reward first = rewards.get(0);
            return first.missing(
                    "none of " + rewards.size() + " answers has a verdict; the first: " + first.reason(), Map.of());
        }
        Map<String, List<Double>> byName = new TreeMap<>();
        scored.forEach(one -> one.parts()
                .forEach((name, part) ->
                        byName.computeIfAbsent(name, n -> new ArrayList<>()).add(part)));
        Map<String, Double> parts = new TreeMap<>();
        byName.forEach((name, values) -> parts.put(name, meanOf(values)));
        return of(meanOf(scored.stream().map(Reward::value).toList()), parts);
    }

    /** Of shares, not a sum divided: that of large values would not be finite. */
    private static double meanOf(List<Double> values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.size();
        }
        return mean;
    }

    private Reward because(boolean passing) {
        return new Reward(false, 0, parts, reason, passing);
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

    /** Whether there is no verdict for a reason that may pass. */
    public boolean isTemporary() {
        return temporary;
    }

    /** Why there is no verdict; empty if there is one. */
    public String reason() {
        return reason;
    }

    private static Map<String, Double> checked(Map<String, Double> parts) {
        parts.forEach((name, part) -> requireFinite("reward part " + name, part));
        // In one order in every process, as what is written of them must be.
        return Collections.unmodifiableMap(new TreeMap<>(parts));
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
                && temporary == that.temporary
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
