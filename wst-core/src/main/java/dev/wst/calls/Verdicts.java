package dev.wst.calls;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.InterruptedRunException;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a reward function says of attempts, held to its contract.
 *
 * <pre>{@code
 * List<Reward> rewards = new Verdicts(reward, Duration.ofMinutes(10)).of(attempts);
 * }</pre>
 */
public final class Verdicts {
    private final RewardFunction reward;
    private final Duration limit;
    private final Consumer<Duration> pauses;

    /** @param limit for each attempt; a reward that judges many in one go has it for all of them */
    public Verdicts(RewardFunction reward, Duration limit) {
        this(reward, limit, StudentCalls::sleep);
    }

    /** @param pauses waits for so long, or throws an {@link InterruptedRunException} */
    public Verdicts(RewardFunction reward, Duration limit, Consumer<Duration> pauses) {
        this.reward = reward;
        this.limit = limit;
        this.pauses = pauses;
    }

    /**
     * One reward for each attempt, in order; what did not arrive is unscored and never shown to the reward.
     *
     * @throws RewardException if the reward function throws, gives another number of rewards, or if the time is up: the message
     *     names the attempt, and the thread that judges is interrupted
     * @throws InterruptedRunException if the calling thread is interrupted
     */
    public List<Reward> of(List<Attempt> attempts) {
        InterruptedRunException.check("between answers and rewards");
        TakenUp arrived = new TakenUp(arrived(attempts));
        return new TimedVerdicts(() -> of(reward, attempts, arrived), arrived, limit).await();
    }

    /**
     * The same for a step of a run: where there is no verdict at all, since a judge or a service cannot be asked, the attempts are
     * judged again with growing pauses.
     *
     * @param outage the sum of all pauses
     * @param step names the step in the log
     */
    public List<Reward> of(List<Attempt> attempts, Duration outage, String step) {
        return new Outage(outage, pauses, step).ask(() -> of(attempts), rewards -> silence(attempts, rewards));
    }

    private static Optional<Outage.Silence> silence(List<Attempt> attempts, List<Reward> rewards) {
        // What did not arrive cannot be judged, however long one waits.
        Optional<Reward> unavailable = IntStream.range(0, rewards.size())
                .filter(i -> attempts.get(i).answer().hasArrived())
                .mapToObj(rewards::get)
                .filter(Reward::isTemporary)
                .findFirst();
        return rewards.stream().anyMatch(Reward::isScored)
                ? Optional.empty()
                : unavailable.map(one -> new Outage.Silence(
                        "none of " + rewards.size() + " attempts could be judged ("
                                + FailedAnswers.oneLine(one.reason()) + ")",
                        Duration.ZERO));
    }

    /**
     * The rewards of attempts when they come, for those who go on meanwhile.
     *
     * @return fails where {@link RewardFunction#scoreAll} throws or, with a {@link RewardException}, gives another number of
     *     rewards; this method itself never throws
     */
    public static CompletableFuture<List<Reward>> of(RewardFunction reward, List<Attempt> attempts) {
        return of(reward, attempts, arrived(attempts));
    }

    private static List<Attempt> arrived(List<Attempt> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.answer().hasArrived())
                .toList();
    }

    private static CompletableFuture<List<Reward>> of(
            RewardFunction reward, List<Attempt> attempts, List<Attempt> arrived) {
        if (arrived.isEmpty()) {
            return CompletableFuture.completedFuture(
                    woven(attempts, List.<Reward>of().iterator()));
        }
        try {
            return given(reward.scoreAll(arrived), arrived)
                    .toCompletableFuture()
                    .thenApply(rewards ->
                            woven(attempts, complete(arrived, rewards).iterator()));
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static <T> T given(@Nullable T result, List<Attempt> asked) {
        if (result == null) {
            throw new RewardException("the reward function's scoreAll returned null for " + asked.size()
                    + " attempts, from task " + asked.get(0).task().id()
                    + " on; it must give a reward for each, in order");
        }
        return result;
    }

    private static List<Reward> complete(List<Attempt> asked, @Nullable List<Reward> rewards) {
        List<Reward> all = given(rewards, asked);
        if (all.size() != asked.size()) {
            throw new RewardException("the reward function was asked about " + asked.size()
                    + " attempts, from task " + asked.get(0).task().id() + " on, and answered " + all.size()
                    + "; scoreAll must give a reward for each, in order");
        }
        for (int i = 0; i < asked.size(); i++) {
            given(all.get(i), asked.subList(i, i + 1));
        }
        return all;
    }

    private static List<Reward> woven(List<Attempt> attempts, Iterator<Reward> judged) {
        return attempts.stream()
                .map(attempt -> attempt.answer().failure().map(Verdicts::none).orElseGet(judged::next))
                .toList();
    }

    private static Reward none(Answer.Failure failure) {
        String reason = "no answer: " + failure.kind() + ": " + failure.message();
        return failure.kind().isTemporary() ? Reward.unavailable(reason) : Reward.unscored(reason);
    }
}
