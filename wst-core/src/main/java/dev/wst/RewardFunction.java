package dev.wst;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Judges an attempt. A lambda will do; {@link #async} makes one from a client that answers later; override
 * {@link #scoreAll} for rewards that compare the attempts of a group.
 *
 * <pre>{@code
 * RewardFunction reward = attempt ->
 *         Reward.of(attempt.answer().text().contains(attempt.task().reference().orElseThrow()) ? 1 : 0);
 * }</pre>
 *
 * <p>It is asked only about attempts whose answer arrived. Where it cannot judge it returns
 * {@link Reward#unscored(String)}; an exception stops the run, since a grader's fault must not become a score.
 * {@link dev.wst.calls.Verdicts} asks it, and holds it to this contract.
 */
@FunctionalInterface
public interface RewardFunction {

    /** Judges one attempt. */
    Reward score(Attempt attempt);

    /**
     * Judges many; by default one by one.
     *
     * @return one reward for each attempt, in order
     */
    default CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
        List<Reward> rewards = new ArrayList<>();
        for (Attempt attempt : attempts) {
            rewards.add(RewardException.require(attempt, () -> score(attempt)));
        }
        return CompletableFuture.completedFuture(rewards);
    }

    /**
     * Refuses a task that this reward can never judge, such as one without a reference where it needs one: asked about
     * every task before anything is paid for. By default every task will do.
     *
     * @throws IllegalArgumentException if it cannot judge the task; the message names it
     */
    default void check(Task task) {}

    /**
     * The calls of models that judging this attempt may take at most, without those that failed and are made again; for those who
     * say what a run will need, with texts of the greatest length in place of what nobody has written yet. Nobody is asked. None by
     * default: a reward of your own that asks a model overrides this.
     */
    default List<ModelCall> calls(Attempt attempt) {
        return List.of();
    }

    /**
     * What a reward or a part of one says of itself: its {@code toString}, or the name of its class where it has none of its own. A
     * run notes it and goes on only with a reward that says the same, so whatever the verdicts depend on belongs in it, and nothing
     * that is another in each process.
     *
     * @return for a lambda, the class that it is written in
     */
    static String describe(Object part) {
        String text = part.toString();
        String identity = part.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(part));
        // What follows in the name of a lambda's class is another in each process.
        return text.equals(identity) ? part.getClass().getName().replaceAll("\\$\\$Lambda.*", "\\$\\$Lambda") : text;
    }

    /** A reward whose judge is asynchronous; all attempts of a batch are under way at once. */
    static RewardFunction async(Function<Attempt, CompletionStage<Reward>> judge) {
        return new AsyncReward(judge);
    }
}
