package dev.wst;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A reward function threw, hung, or gave other rewards than asked for; the message names the task. */
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
            throw failed(attempt, failure);
        }
        if (verdict == null) {
            throw new RewardException("the reward function returned null for " + attempt.name()
                    + "; return Reward.unscored(reason) where there is no verdict");
        }
        return verdict;
    }

    /** That the budget is spent is no fault of the reward: it goes on as it is, and ends the run. */
    private static WstException failed(Attempt attempt, Throwable failure) {
        Throwable cause = causeOf(failure);
        return cause instanceof BudgetSpentException spent
                ? spent
                : new RewardException("the reward function failed on " + attempt.name() + ": " + cause, cause);
    }
}
