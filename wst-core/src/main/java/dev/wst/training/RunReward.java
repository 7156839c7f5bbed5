package dev.wst.training;

import dev.wst.RewardFunction;
import dev.wst.calls.Accounts;
import java.util.Objects;
import java.util.function.Function;

/**
 * The reward of a run.
 *
 * @param bare keeps nothing and pays from nowhere: checks tasks, and says what the reward is
 * @param made judges, with the accounts of the run
 * @param isPaid whether its calls are paid from them; otherwise they are its own affair
 */
record RunReward(RewardFunction bare, Function<Accounts, RewardFunction> made, boolean isPaid) {

    static RunReward of(RewardFunction reward) {
        Objects.requireNonNull(reward, "reward");
        return new RunReward(reward, accounts -> reward, false);
    }

    static RunReward from(Function<Accounts, RewardFunction> made) {
        return new RunReward(Objects.requireNonNull(made.apply(Accounts.none()), "reward"), made, true);
    }

    RewardFunction with(Accounts accounts) {
        return Objects.requireNonNull(made.apply(accounts), "reward");
    }
}
