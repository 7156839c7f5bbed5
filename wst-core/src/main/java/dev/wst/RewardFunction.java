package dev.wst;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Judges an attempt. A lambda will do; {@link #async} makes one from a client that answers later; override
 * {@link #scoreAll} for rewards that compare the attempts of a group.
 *
 * <p>It is asked only about attempts whose answer arrived. Where it cannot judge it returns
 * {@link Reward#unscored(String)}; an exception stops the run, since a grader's fault must not become a score.
 */
@FunctionalInterface
public interface RewardFunction {

    /** Judges one attempt. */
    Reward score(Attempt attempt);

    /**
     * Judges many; by default one by one.
     *
     * @return for each attempt, in order, a rollout that holds that same attempt
     */
    default CompletionStage<List<Rollout>> scoreAll(List<Attempt> attempts) {
        return CompletableFuture.completedFuture(attempts.stream()
                .map(attempt -> new Rollout(
                        attempt,
                        JudgingThread.judging(attempt, () -> RewardException.require(attempt, () -> score(attempt)))))
                .toList());
    }

    /**
     * What {@link #scoreAll} says, checked: for those who use a reward. Nothing to override.
     *
     * @return one verdict for each attempt, in order; what did not arrive is unscored and never shown to the reward. It
     *     fails where {@code scoreAll} throws or, with a {@link RewardException}, answers for other attempts; this method
     *     itself never throws.
     */
    default CompletableFuture<List<Reward>> verdicts(List<Attempt> attempts) {
        return Verdicts.of(this, attempts);
    }

    /**
     * The same, waited for. Nothing to override.
     *
     * @param limit for each attempt; a reward that judges many in one go has it for all of them
     * @param slow told of attempts that took more than a tenth of that, and how long
     * @return one verdict for each attempt, in order
     * @throws RewardException where {@link #verdicts(List)} fails, or if the time is up: the message names the attempt, and
     *     the thread that judges is interrupted
     * @throws InterruptedRunException if the calling thread is interrupted
     */
    default List<Reward> verdicts(List<Attempt> attempts, Duration limit, BiConsumer<Attempt, Duration> slow) {
        return new TimedVerdicts(this, attempts, limit).await(slow);
    }

    /**
     * Refuses a task that this reward can never judge, such as one without a reference where it needs one: asked about
     * every task before anything is paid for. By default every task will do.
     *
     * @throws IllegalArgumentException if it cannot judge the task; the message names it
     */
    default void check(Task task) {}

    /** A reward whose judge is asynchronous; all attempts of a batch are under way at once. */
    static RewardFunction async(Function<Attempt, CompletionStage<Reward>> judge) {
        return new AsyncReward(judge);
    }
}
