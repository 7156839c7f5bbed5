package dev.wst;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of one training step under the names TRL gives them (such as {@code objective/kl}, {@code reward},
 * {@code frac_reward_zero_std}), in the order they were added.
 *
 * <p>They mean what they mean in TRL, with these departures: what cannot be computed is absent (TRL writes 0 or NaN);
 * {@code val/ratio_var} is there from two updates on; a reward without parts appears as {@code rewards/reward/mean}. Not from
 * TRL are {@code rollouts/unscored}, {@code rollouts/failed_answers} with its
 * {@code rollouts/failed_answers/KIND}, {@code updates} and
 * {@code updates/kl_stopped}.
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
