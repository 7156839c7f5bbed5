package dev.wst;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A reward made from an asynchronous judge. */
record AsyncReward(Function<Attempt, CompletionStage<Reward>> judge) implements RewardFunction {
    @Override
    public Reward score(Attempt attempt) {
        return WstException.resultOf(judge.apply(attempt));
    }

    @Override
    public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
        List<CompletableFuture<Reward>> pending = attempts.stream()
                .map(attempt -> RewardException.require(attempt, () -> judge.apply(attempt))
                        .toCompletableFuture()
                        .handle((reward, failure) -> RewardException.require(attempt, reward, failure)))
                .toList();
        return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                .thenApply(done -> pending.stream().map(CompletableFuture::join).toList());
    }

    @Override
    public String toString() {
        return "AsyncReward[" + RewardFunction.describe(judge) + "]";
    }
}
