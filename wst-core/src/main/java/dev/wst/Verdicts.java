package dev.wst;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Holds a reward to its contract; see {@link RewardFunction#verdicts}. */
final class Verdicts {
    private Verdicts() {}

    static CompletableFuture<List<Reward>> of(RewardFunction reward, List<Attempt> attempts) {
        try {
            List<Attempt> arrived = attempts.stream()
                    .filter(attempt -> attempt.answer().hasArrived())
                    .toList();
            return judged(reward, arrived).thenApply(verdicts -> woven(attempts, verdicts.iterator()));
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletableFuture<List<Reward>> judged(RewardFunction reward, List<Attempt> arrived) {
        return arrived.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : given(reward.scoreAll(arrived), arrived)
                        .toCompletableFuture()
                        .thenApply(rollouts -> inOrder(arrived, given(rollouts, arrived)));
    }

    private static <T> T given(@Nullable T result, List<Attempt> asked) {
        if (result == null) {
            throw new RewardException(
                    "the reward function's scoreAll returned null for " + asked.size() + " attempts, from task "
                            + asked.get(0).task().id() + " on; it must give a rollout for each, in order");
        }
        return result;
    }

    private static List<Reward> inOrder(List<Attempt> asked, List<Rollout> answered) {
        if (answered.size() != asked.size()) {
            throw new RewardException("the reward function was asked about " + asked.size()
                    + " attempts, from task " + asked.get(0).task().id() + " on, and answered " + answered.size()
                    + "; scoreAll must give a rollout for each, in order");
        }
        for (int i = 0; i < asked.size(); i++) {
            requireSame(
                    i,
                    asked.get(i),
                    given(answered.get(i), asked.subList(i, i + 1)).attempt());
        }
        return answered.stream().map(Rollout::reward).toList();
    }

    private static void requireSame(int place, Attempt asked, Attempt answered) {
        if (!answered.equals(asked)) {
            throw new RewardException("the reward function answered for another attempt in place " + place
                    + ": expected task " + asked.task().id() + ", sample " + asked.sample() + ", got task "
                    + answered.task().id() + ", sample " + answered.sample()
                    + "; scoreAll must give a rollout for each, in order");
        }
    }

    private static List<Reward> woven(List<Attempt> attempts, Iterator<Reward> judged) {
        return attempts.stream()
                .map(attempt -> attempt.answer().failure().map(Verdicts::none).orElseGet(judged::next))
                .toList();
    }

    private static Reward none(Answer.Failure failure) {
        return Reward.unscored("no answer: " + failure.kind() + ": " + failure.message());
    }
}
