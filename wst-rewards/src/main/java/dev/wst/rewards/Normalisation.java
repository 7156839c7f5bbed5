package dev.wst.rewards;

import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.calls.Verdicts;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rewards in deviations from their mean. */
final class Normalisation {
    private Normalisation() {}

    static ComposableReward fixed(RewardFunction reward, Scale scale) {
        return Pointwise.scored(
                reward, " normalised by " + scale, verdict -> replaced(verdict, scale.standardise(verdict.value())));
    }

    static ComposableReward inBatch(RewardFunction reward) {
        return new BatchReward(
                RewardFunction.describe(reward) + " normalised in its batch",
                attempts -> Verdicts.of(reward, attempts).thenApply(Normalisation::standardise),
                List.of(reward));
    }

    private static List<Reward> standardise(List<Reward> verdicts) {
        double[] values = verdicts.stream()
                .filter(Reward::isScored)
                .mapToDouble(Reward::value)
                .toArray();
        if (!Scale.hasSpread(values)) {
            return each(verdicts, verdict -> replaced(verdict, 0));
        }
        if (!Scale.isMeasurable(values)) {
            return each(verdicts, verdict -> Reward.unscored("the spread of the batch is beyond all numbers"));
        }
        Scale scale = Scale.of(values);
        return each(verdicts, verdict -> replaced(verdict, scale.standardise(verdict.value())));
    }

    /** Each verdict that there is, changed. */
    private static List<Reward> each(List<Reward> verdicts, UnaryOperator<Reward> change) {
        return verdicts.stream()
                .map(verdict -> verdict.isScored() ? change.apply(verdict) : verdict)
                .toList();
    }

    private static Reward replaced(Reward verdict, double value) {
        return Parts.of(verdict).put("raw", verdict.value()).worth(value);
    }
}
