package dev.wst;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The numbers of one training step under the names TRL gives them (such as {@code objective/kl}, {@code reward},
 * {@code frac_reward_zero_std}), in the order they were added.
 *
 * <p>They mean what they mean in TRL, with these departures: what cannot be computed is absent (TRL writes 0 or NaN);
 * {@code val/ratio_var} is there from two updates on; a reward without parts appears as {@code rewards/reward/mean}. Not from
 * TRL are {@code rollouts/unscored}, {@code rollouts/failed_answers} with its
 * {@code rollouts/failed_answers/KIND}, {@code updates} and
 * {@code updates/kl_stopped}; and of what the run has paid so far, all its parts together where it was resumed:
 * {@code cost/calls}, {@code cost/tokens}, {@code cost/money} if calls have prices, each beside its bound where the budget has one,
 * {@code budget/calls}, {@code budget/tokens}, {@code budget/money}; {@code answers/kept} counts what was found in this step
 * instead of being asked for. Where ledger or store are shared with other runs, the numbers are those of all.
 *
 * @param step from 1
 * @param values name to number; a number that could not be computed is absent, never zero
 */
public record StepMetrics(int step, Map<String, Double> values) {
    private static final Pattern CIRCUMSTANCE = Pattern.compile("step_time|eps|(cost|budget|answers)/.*");

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

    /**
     * The same without what may differ between a run and the same run made again or resumed: times, cost and kept answers.
     *
     * <pre>{@code
     * List<StepMetrics> once = RunReader.open(Path.of("runs/first")).steps();
     * List<StepMetrics> again = RunReader.open(Path.of("runs/again")).steps();
     * boolean isSame = once.stream().map(StepMetrics::outcome).toList()
     *         .equals(again.stream().map(StepMetrics::outcome).toList());
     * }</pre>
     */
    public StepMetrics outcome() {
        Map<String, Double> rest = new LinkedHashMap<>(values);
        rest.keySet().removeIf(name -> CIRCUMSTANCE.matcher(name).matches());
        return new StepMetrics(step, rest);
    }
}
