package dev.wst.rewards;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.Task;
import dev.wst.WstException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A reward given by how it judges a batch.
 *
 * @param description stands for it in texts
 * @param judge one verdict for each attempt, in order
 * @param checks refuses tasks that it can never judge
 */
record BatchReward(
        String description, Function<List<Attempt>, CompletableFuture<List<Reward>>> judge, Consumer<Task> checks)
        implements ComposableReward {

    @Override
    public void check(Task task) {
        checks.accept(task);
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
