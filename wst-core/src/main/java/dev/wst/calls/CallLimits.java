package dev.wst.calls;

import java.time.Duration;
import java.util.Objects;

/**
 * How many calls of a student, a judge or a reward service are made at once, how long each may take, and how often a failed
 * one is made again.
 *
 * <pre>{@code
 * CallLimits limits = CallLimits.defaults().withConcurrency(32).withRetries(5);
 * }</pre>
 *
 * @param concurrency the most calls under way at once; at least 1
 * @param timeout for each try; positive
 * @param retries tries after a first one whose failure may pass; 0 or more. The pause before the second is half a second, then
 *     twice as long each time up to a minute, a fifth more or less at random, or as long as the server asks for. Who pauses
 *     holds no place and no thread: other calls go on
 * @param deadline for how long after its first failure a question is tried again; positive. Where the server asks for a longer
 *     pause, the question has failed at once: a step does not wait for it
 */
public record CallLimits(int concurrency, Duration timeout, int retries, Duration deadline) {
    private static final Duration DEADLINE = Duration.ofMinutes(4);

    public CallLimits {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(deadline, "deadline");
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, got " + concurrency);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time-out must be positive, got " + timeout);
        }
        if (retries < 0) {
            throw new IllegalArgumentException("retries must be at least 0, got " + retries);
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException(
                    "the deadline must be positive, got " + deadline + "; withRetries(0) keeps from trying again");
        }
    }

    /** With the deadline of {@link #defaults}. */
    public CallLimits(int concurrency, Duration timeout, int retries) {
        this(concurrency, timeout, retries, DEADLINE);
    }

    /** Eight calls at once, two minutes for each, no retries; with retries, four minutes for them. */
    public static CallLimits defaults() {
        return new CallLimits(8, Duration.ofMinutes(2), 0);
    }

    /** The most calls under way at once; 8 by default. */
    public CallLimits withConcurrency(int value) {
        return new CallLimits(value, timeout, retries, deadline);
    }

    /** For each try; 2 minutes by default. */
    public CallLimits withTimeout(Duration value) {
        return new CallLimits(concurrency, value, retries, deadline);
    }

    /** Tries after a first one whose failure may pass; 0 by default. */
    public CallLimits withRetries(int value) {
        return new CallLimits(concurrency, timeout, value, deadline);
    }

    /**
     * For how long after its first failure a question is tried again; 4 minutes by default. It bounds a step: once each of its
     * questions has been put, it ends within this time and two time-outs, whatever the server asks for.
     */
    public CallLimits withDeadline(Duration value) {
        return new CallLimits(concurrency, timeout, retries, value);
    }
}
