package dev.wst.calls;

import dev.wst.Answer;
import java.util.function.IntSupplier;

/**
 * How many calls may be under way at a student that says when they are too many: half as many after each time it says so, one
 * more after each round of answers.
 */
final class AdaptiveConcurrency implements IntSupplier {
    private static final double DECREASE = 0.5;

    private final int most;
    private final Scheduler scheduler;
    private double places;
    private long lastDecrease;

    AdaptiveConcurrency(int most, Scheduler scheduler) {
        this.most = most;
        this.scheduler = scheduler;
        this.places = most;
        this.lastDecrease = scheduler.nanos();
    }

    @Override
    public synchronized int getAsInt() {
        return (int) places;
    }

    /** @param begun when the call was made, by the scheduler */
    synchronized void heard(Answer answer, long begun) {
        if (answer.failure().filter(AdaptiveConcurrency::isTooMany).isPresent()) {
            // One decrease for all calls that were made before it.
            if (begun - lastDecrease >= 0) {
                places = Math.max(1, places * DECREASE);
                lastDecrease = scheduler.nanos();
            }
        } else if (answer.hasArrived()) {
            places = Math.min(most, places + 1 / places);
        }
    }

    /** A server that fails otherwise, and says when to come again, has too many as well. */
    private static boolean isTooMany(Answer.Failure failure) {
        return failure.kind() == Answer.FailureKind.RATE_LIMIT
                || failure.kind() == Answer.FailureKind.OVERLOADED
                || failure.retryAfter().isPresent();
    }
}
