package dev.wst;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** Verdicts of a reward that may hang; see {@link RewardFunction#verdicts(List, Duration, BiConsumer)}. */
final class TimedVerdicts {
    /** A reward is slow that takes this share of its time. */
    private static final int SLOW = 10;

    private final RewardFunction reward;
    private final List<Attempt> attempts;
    private final Duration limit;

    TimedVerdicts(RewardFunction reward, List<Attempt> attempts, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a reward's time must be positive, got " + limit);
        }
        this.reward = reward;
        this.attempts = attempts;
        this.limit = limit;
    }

    List<Reward> await(BiConsumer<Attempt, Duration> slow) {
        CompletableFuture<List<Reward>> verdicts = new CompletableFuture<>();
        JudgingThread thread = new JudgingThread(() -> judge(verdicts));
        thread.start();
        try {
            List<Reward> all = await(verdicts, thread);
            thread.slowerThan(limit.dividedBy(SLOW))
                    .forEach(one -> one.attempt().ifPresent(attempt -> slow.accept(attempt, one.time())));
            return all;
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while waiting for rewards");
        }
    }

    private void judge(CompletableFuture<List<Reward>> verdicts) {
        try {
            CompletableFuture<Void> unused = reward.verdicts(attempts).handle((all, failure) -> {
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

    private List<Reward> await(CompletableFuture<List<Reward>> verdicts, JudgingThread thread)
            throws InterruptedException {
        while (true) {
            JudgingThread.Judging now = thread.now();
            long left = limit.minus(now.time()).toNanos();
            if (left <= 0 && !verdicts.isDone()) {
                thread.interrupt();
                throw new RewardException("the reward function gave no verdict on "
                        + now.attempt().map(TimedVerdicts::name).orElseGet(this::names) + " within " + limit
                        + "; give it more time or mend it");
            }
            try {
                return verdicts.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // It may have gone on to another attempt meanwhile: look again.
            } catch (ExecutionException e) {
                throw RewardException.of(attempts, e);
            }
        }
    }

    static String name(Attempt attempt) {
        return "task " + attempt.task().id() + ", sample " + attempt.sample();
    }

    private String names() {
        return attempts.size() == 1
                ? name(attempts.get(0))
                : attempts.size() + " attempts, judged together, from " + name(attempts.get(0)) + " to "
                        + name(attempts.get(attempts.size() - 1));
    }
}
