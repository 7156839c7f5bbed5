package dev.wst.rewards;

import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.calls.Verdicts;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rewards that change each verdict by itself. */
final class Pointwise {
    private Pointwise() {}

    static ComposableReward clip(RewardFunction reward, double low, double high) {
        if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
            throw new IllegalArgumentException("clip needs low < high, both finite, got " + low + " and " + high);
        }
        return scored(
                reward,
                " clipped to " + low + ".." + high,
                verdict -> Reward.of(Math.min(Math.max(verdict.value(), low), high), verdict.parts()));
    }

    static ComposableReward atLeast(RewardFunction reward, double threshold) {
        requireFinite("the threshold", threshold);
        return scored(
                reward,
                " at least " + threshold,
                verdict ->
                        Parts.of(verdict).put("graded", verdict.value()).worth(verdict.value() >= threshold ? 1 : 0));
    }

    static ComposableReward orElse(RewardFunction reward, double value) {
        requireFinite("the value in place of a missing verdict", value);
        return each(reward, " or else " + value, verdict -> {
            boolean scored = verdict.isScored();
            return Parts.of(verdict).put("unscored", scored ? 0 : 1).worth(scored ? verdict.value() : value);
        });
    }

    static void requireFinite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + " must be finite, got " + value);
        }
    }

    /** Each verdict that there is, changed. */
    /** @param how what is done, after the name of the reward */
    static ComposableReward scored(RewardFunction reward, String how, UnaryOperator<Reward> change) {
        return each(reward, how, verdict -> verdict.isScored() ? change.apply(verdict) : verdict);
    }

    private static ComposableReward each(RewardFunction reward, String how, UnaryOperator<Reward> change) {
        return new BatchReward(
                RewardFunction.describe(reward) + how,
                attempts -> Verdicts.of(reward, attempts)
                        .thenApply(verdicts -> verdicts.stream().map(change).toList()),
                List.of(reward));
    }
}
