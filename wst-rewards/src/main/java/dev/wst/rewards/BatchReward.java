package dev.wst.rewards;

import dev.wst.Attempt;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.WstException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A reward given by how it judges a batch.
 *
 * @param description stands for it in texts
 * @param judge one verdict for each attempt, in order
 * @param inner the rewards that it asks about each attempt
 * @param further calls for an attempt beside theirs
 */
record BatchReward(
        String description,
        Function<List<Attempt>, CompletableFuture<List<Reward>>> judge,
        List<RewardFunction> inner,
        Function<Attempt, List<ModelCall>> further)
        implements ComposableReward {

    BatchReward(
            String description,
            Function<List<Attempt>, CompletableFuture<List<Reward>>> judge,
            List<RewardFunction> inner) {
        this(description, judge, inner, attempt -> List.of());
    }

    @Override
    public void check(Task task) {
        inner.forEach(one -> one.check(task));
    }

    @Override
    public List<ModelCall> calls(Attempt attempt) {
        return Stream.concat(
                        inner.stream().flatMap(one -> one.calls(attempt).stream()), further.apply(attempt).stream())
                .toList();
    }

    @Override
    public Reward score(Attempt attempt) {
        return WstException.resultOf(judge.apply(List.of(attempt))).get(0);
    }

    @Override
    public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
        return judge.apply(attempts);
    }

    @Override
    public String toString() {
        return description;
    }
}
