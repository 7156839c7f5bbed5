package dev.wst.calls;

import dev.wst.InterruptedRunException;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.WstException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verdicts of a reward that may hang; see {@link Verdicts#of(List)}. */
final class TimedVerdicts {
    private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);
    /** A reward is slow that takes this share of its time. */
    private static final int SLOW = 10;

    private final Supplier<CompletableFuture<List<Reward>>> judge;
    private final TakenUp attempts;
    private final Duration limit;

    TimedVerdicts(Supplier<CompletableFuture<List<Reward>>> judge, TakenUp attempts, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a reward's time must be positive, got " + limit);
        }
        this.judge = judge;
        this.attempts = attempts;
        this.limit = limit;
    }

    List<Reward> await() {
        CompletableFuture<List<Reward>> verdicts = new CompletableFuture<>();
        Thread thread = new Thread(() -> judge(verdicts), "wst-reward");
        thread.setDaemon(true);
        thread.start();
        try {
            List<Reward> all = await(verdicts, thread);
            if (!attempts.isEmpty()) {
                attempts.slowerThan(limit.dividedBy(SLOW))
                        .forEach(one -> LOG.warn(
                                "the reward took {} s for {}",
                                one.time().toMillis() / 1000.0,
                                one.attempt().name()));
            }
            return all;
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while waiting for rewards");
        }
    }

    private void judge(CompletableFuture<List<Reward>> verdicts) {
        try {
            CompletableFuture<Void> unused = judge.get().handle((all, failure) -> {
                if (failure == null) {
                    verdicts.complete(all);
                } else {
                    verdicts.completeExceptionally(failure);
                }
                return null;
            });
        } catch (Throwable e) {
            // Whoever waits must hear of an error too.
            verdicts.completeExceptionally(e);
        }
    }

    private List<Reward> await(CompletableFuture<List<Reward>> verdicts, Thread thread) throws InterruptedException {
        while (true) {
            long left = attempts.isEmpty()
                    ? TimeUnit.NANOSECONDS.convert(limit)
                    : TimeUnit.NANOSECONDS.convert(limit.minus(attempts.now().time()));
            if (left <= 0 && !verdicts.isDone()) {
                thread.interrupt();
                throw new RewardException("the reward function gave no verdict on "
                        + attempts.now().attempt().name() + " within " + limit + " of taking it up"
                        + (attempts.size() == 1 ? "" : " (one of " + attempts.size() + " that it was given together)")
                        + "; give it more time or mend it");
            }
            try {
                return verdicts.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // It may have gone on to another attempt meanwhile: look again.
            } catch (ExecutionException e) {
                throw failure(e);
            }
        }
    }

    /** What became of a batch, as a {@link RewardException} if it is not one of this library's. */
    private WstException failure(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof WstException known
                ? known
                : new RewardException(
                        "the reward function failed on "
                                + (attempts.isEmpty()
                                        ? "no attempt"
                                        : "a batch from " + attempts.get(0).name() + " on")
                                + ": " + cause,
                        cause);
    }
}
