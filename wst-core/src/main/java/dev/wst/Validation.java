package dev.wst;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The teacher, greedy, on tasks it is not trained on.
 *
 * @param step after which it was made; 0 is before training
 * @param rollouts one for each validation task, in order
 */
public record Validation(int step, List<Rollout> rollouts) {
    public Validation {
        rollouts = List.copyOf(rollouts);
    }

    /** Mean reward over the scored rollouts; empty if none was scored. */
    public OptionalDouble meanReward() {
        return rollouts.stream()
                .filter(rollout -> rollout.reward().isScored())
                .mapToDouble(rollout -> rollout.reward().value())
                .average();
    }

    /** How many have no verdict. */
    public int unscored() {
        return (int) rollouts.stream()
                .filter(rollout -> !rollout.reward().isScored())
                .count();
    }
}
