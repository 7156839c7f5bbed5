package dev.wst.rewards.guard;

import dev.wst.Attempt;
import dev.wst.ModelCall;
import dev.wst.Task;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Looks for one kind of cheating in an attempt whose answer has arrived. It only says what it found; what follows from it is
 * a {@link Policy} of the {@link GuardedReward}.
 *
 * <pre>{@code
 * Guard shouting = new Guard() {
 *     public String name() {
 *         return "shouting";
 *     }
 *
 *     public Finding inspect(Attempt attempt) {
 *         return attempt.instruction().text().contains("!!") ? Finding.found("!!") : Finding.clean();
 *     }
 * };
 * }</pre>
 */
public interface Guard {

    /** The name of its reward part, {@code guard_NAME}; lower case, words joined by underscores. */
    String name();

    /**
     * Refuses a task that it can say nothing of, before anything is paid for; by default none.
     *
     * @throws IllegalArgumentException if it needs what the task does not have
     */
    default void check(Task task) {}

    /** Looks at one attempt. */
    Finding inspect(Attempt attempt);

    /**
     * Looks at a batch; by default one by one. Guards that compare attempts or ask a model override it.
     *
     * @return one finding for each attempt, in order
     */
    default CompletionStage<List<Finding>> inspectAll(List<Attempt> attempts) {
        return CompletableFuture.completedFuture(
                attempts.stream().map(this::inspect).toList());
    }

    /** The calls of models that inspecting this attempt may take at most; see {@link dev.wst.RewardFunction#calls}. None by default. */
    default List<ModelCall> calls(Attempt attempt) {
        return List.of();
    }
}
