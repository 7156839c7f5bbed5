package dev.wst.rewards;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Rollout;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks a reward about a batch. */
final class Verdicts {
    private Verdicts() {}

    /** One verdict for each attempt, in order; never throws, the future fails instead. */
    static CompletableFuture<List<Reward>> of(RewardFunction reward, List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        try {
            return reward.scoreAll(attempts).toCompletableFuture().thenApply(rollouts -> inOrder(attempts, rollouts));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** All results, in order, once the last has come; fails if one of them does. */
    static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> pending) {
        return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                .thenApply(done -> pending.stream().map(CompletableFuture::join).toList());
    }

    private static List<Reward> inOrder(List<Attempt> asked, List<Rollout> answered) {
        if (!answered.stream().map(Rollout::attempt).toList().equals(asked)) {
            throw new RewardException("a part of the reward was asked about " + asked.size() + " attempts, from task "
                    + asked.get(0).task().id() + " on, and answered about " + answered.size()
                    + "; scoreAll must give a rollout for each, in order");
        }
        return answered.stream().map(Rollout::reward).toList();
    }
}
