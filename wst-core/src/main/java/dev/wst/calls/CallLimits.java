package dev.wst.calls;

import java.time.Duration;

/**
 * How many calls of a student, a judge or a reward service are made at once, how long each may take, and how often a failed
 * one is made again.
 *
 * <pre>{@code
 * CallLimits limits = CallLimits.defaults().withConcurrency(32).withRetries(2);
 * }</pre>
 *
 * @param concurrency the most calls under way at once; at least 1
 * @param timeout for each call, its tries together; positive
 * @param retries tries after a first one whose failure may pass; 0 or more. The pause before the second is half a second, then
 *     twice as long each time, or as long as the server asks for; who asks for more than a minute is not asked again
 */
public record CallLimits(int concurrency, Duration timeout, int retries) {
    public CallLimits {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, got " + concurrency);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time-out must be positive, got " + timeout);
        }
        if (retries < 0) {
            throw new IllegalArgumentException("retries must be at least 0, got " + retries);
        }
    }

    /** Eight calls at once, two minutes for each, no retries. */
    public static CallLimits defaults() {
        return new CallLimits(8, Duration.ofMinutes(2), 0);
    }

    /** The most calls under way at once; 8 by default. */
    public CallLimits withConcurrency(int value) {
        return new CallLimits(value, timeout, retries);
    }

    /** For each call; 2 minutes by default. */
    public CallLimits withTimeout(Duration value) {
        return new CallLimits(concurrency, value, retries);
    }

    /** Tries after a first one whose failure may pass; 0 by default. */
    public CallLimits withRetries(int value) {
        return new CallLimits(concurrency, timeout, value);
    }
}
