package dev.wst.rewards;

import dev.wst.RewardFunction;
import dev.wst.calls.Verdicts;
import java.util.List;

/**
 * Where a combination of rewards begins.
 *
 * <pre>{@code
 * RewardFunction reward = Rewards.sum()
 *         .add("right", attempt -> Reward.of(attempt.answer().text().endsWith("42") ? 1 : 0))
 *         .add("short", 0.1, LengthReward.softOverlong(2000, 500))
 *         .onlyIf("marked", RegexReward.finding("answer: "), 0)
 *         .clip(-1, 1);
 * }</pre>
 */
public final class Rewards {
    private Rewards() {}

    /** The weighted sum of the parts to be added. */
    public static CombinedReward sum() {
        return CombinedReward.of(Combination.SUM);
    }

    /** The least of the weighted parts to be added: no part can buy off another. */
    public static CombinedReward min() {
        return CombinedReward.of(Combination.MIN);
    }

    /** The same reward, ready to be composed. */
    public static ComposableReward of(RewardFunction reward) {
        return reward instanceof ComposableReward composable
                ? composable
                : new BatchReward(
                        RewardFunction.describe(reward), attempts -> Verdicts.of(reward, attempts), List.of(reward));
    }
}
