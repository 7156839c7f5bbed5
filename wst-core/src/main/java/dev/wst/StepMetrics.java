package dev.wst;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of one training step under the names TRL gives them (such as {@code objective/kl}, {@code reward},
 * {@code frac_reward_zero_std}), in the order they were added.
 *
 * @param step from 1
 * @param values name to number; a number that could not be computed is absent, never zero
 */
public record StepMetrics(int step, Map<String, Double> values) {
    public StepMetrics {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * One number.
     *
     * @throws IllegalArgumentException if this step has none of that name
     */
    public double value(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "step " + step + " has no metric " + name + "; it has " + values.keySet());
        }
        return value;
    }
}
