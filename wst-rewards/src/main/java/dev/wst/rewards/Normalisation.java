package dev.wst.rewards;

import dev.wst.Reward;
import dev.wst.RewardFunction;
import java.util.List;

/** Rewards in deviations from their mean. */
final class Normalisation {
    private Normalisation() {}

    static ComposableReward fixed(RewardFunction reward, Scale scale) {
        return Pointwise.scored(reward, verdict -> replaced(verdict, scale.standardise(verdict.value())));
    }

    static ComposableReward inBatch(RewardFunction reward) {
        return new BatchReward(attempts -> Verdicts.of(reward, attempts).thenApply(Normalisation::standardise));
    }

    private static List<Reward> standardise(List<Reward> verdicts) {
        double[] values = verdicts.stream()
                .filter(Reward::isScored)
                .mapToDouble(Reward::value)
                .toArray();
        if (!Scale.hasSpread(values)) {
            return changed(verdicts, new Scale(0, 1), 0);
        }
        if (!Scale.isMeasurable(values)) {
            Reward unscored = Reward.unscored("the spread of the batch is beyond all numbers");
            return verdicts.stream().map(v -> v.isScored() ? unscored : v).toList();
        }
        return changed(verdicts, Scale.of(values), 1);
    }

    private static List<Reward> changed(List<Reward> verdicts, Scale scale, double factor) {
        return verdicts.stream()
                .map(v -> v.isScored() ? replaced(v, factor * scale.standardise(v.value())) : v)
                .toList();
    }

    private static Reward replaced(Reward verdict, double value) {
        return Parts.of(verdict).put("raw", verdict.value()).worth(value);
    }
}
