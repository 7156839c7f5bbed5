package dev.wst;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A reward function threw, returned nothing or answered for another attempt; the message names the task. */
public final class RewardException extends WstException {
    private static final long serialVersionUID = 1L;

    public RewardException(String message) {
        super(message);
    }

    public RewardException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The judge's verdict, or this exception if it throws or returns null. */
    static <T> T require(Attempt attempt, Supplier<@Nullable T> judge) {
        try {
            return require(attempt, judge.get(), null);
        } catch (RewardException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw failed(attempt, e);
        }
    }

    static <T> T require(Attempt attempt, @Nullable T verdict, @Nullable Throwable failure) {
        if (failure != null) {
            throw failed(
                    attempt,
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure);
        }
        if (verdict == null) {
            throw new RewardException("the reward function returned null for task "
                    + attempt.task().id() + ", sample " + attempt.sample()
                    + "; return Reward.unscored(reason) where there is no verdict");
        }
        return verdict;
    }

    /** What became of a batch, as this exception if it is not one of this library's. */
    static WstException of(List<Attempt> attempts, ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof WstException known
                ? known
                : new RewardException(
                        "the reward function failed on "
                                + (attempts.isEmpty()
                                        ? "no attempt"
                                        : "a batch from " + TimedVerdicts.name(attempts.get(0)) + " on")
                                + ": " + cause,
                        cause);
    }

    private static RewardException failed(Attempt attempt, Throwable cause) {
        return new RewardException(
                "the reward function failed on task " + attempt.task().id() + ", sample " + attempt.sample() + ": "
                        + cause,
                cause);
    }
}
