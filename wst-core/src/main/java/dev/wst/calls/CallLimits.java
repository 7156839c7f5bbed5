package dev.wst.calls;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

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
 * @param requestsPerMinute tries that may begin in a minute, evenly spread; at least 1. Empty if there is no such limit
 * @param tokensPerMinute tokens that tries may take in a minute; at least 1. What a try may take counts until its answer says
 *     what it took. Empty if there is no such limit
 * @param adaptiveConcurrency whether fewer calls are under way while the server says that they are too many
 */
public record CallLimits(
        int concurrency,
        Duration timeout,
        int retries,
        Duration deadline,
        OptionalInt requestsPerMinute,
        OptionalLong tokensPerMinute,
        boolean adaptiveConcurrency) {
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
        if (requestsPerMinute.isPresent() && requestsPerMinute.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "requests a minute must be at least 1, got " + requestsPerMinute.getAsInt());
        }
        if (tokensPerMinute.isPresent() && tokensPerMinute.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "tokens a minute must be at least 1, got " + tokensPerMinute.getAsLong());
        }
    }

    /** The rest as in {@link #defaults}. */
    public CallLimits(int concurrency, Duration timeout, int retries) {
        this(concurrency, timeout, retries, DEADLINE, OptionalInt.empty(), OptionalLong.empty(), false);
    }

    /** The most tries of one question: outages, and what else may pass, are counted by themselves. */
    public int mostTries() {
        return 1 + 2 * retries;
    }

    /** Eight calls at once, two minutes for each, no retries; with retries, four minutes for them. */
    public static CallLimits defaults() {
        return new CallLimits(8, Duration.ofMinutes(2), 0);
    }

    /** The most calls under way at once; 8 by default. */
    public CallLimits withConcurrency(int value) {
        return new CallLimits(
                value, timeout, retries, deadline, requestsPerMinute, tokensPerMinute, adaptiveConcurrency);
    }

    /** For each try; 2 minutes by default. */
    public CallLimits withTimeout(Duration value) {
        return new CallLimits(
                concurrency, value, retries, deadline, requestsPerMinute, tokensPerMinute, adaptiveConcurrency);
    }

    /** Tries after a first one whose failure may pass; 0 by default. */
    public CallLimits withRetries(int value) {
        return new CallLimits(
                concurrency, timeout, value, deadline, requestsPerMinute, tokensPerMinute, adaptiveConcurrency);
    }

    /**
     * For how long after its first failure a question is tried again; 4 minutes by default. It bounds a step: once each of its
     * questions has been put, it ends within this time and two time-outs, whatever the server asks for.
     */
    public CallLimits withDeadline(Duration value) {
        return new CallLimits(
                concurrency, timeout, retries, value, requestsPerMinute, tokensPerMinute, adaptiveConcurrency);
    }

    /** Tries that may begin in a minute, evenly spread over it; as many as come by default. */
    public CallLimits withRequestsPerMinute(int value) {
        return new CallLimits(
                concurrency, timeout, retries, deadline, OptionalInt.of(value), tokensPerMinute, adaptiveConcurrency);
    }

    /** Tokens of questions and answers that tries may take in a minute; as many as come by default. */
    public CallLimits withTokensPerMinute(long value) {
        return new CallLimits(
                concurrency,
                timeout,
                retries,
                deadline,
                requestsPerMinute,
                OptionalLong.of(value),
                adaptiveConcurrency);
    }

    /**
     * Finds out how many calls a server bears: half as many are under way after it has said that they are too many (429, or any
     * failure with Retry-After), then one more after each round of answers, up to {@link #concurrency}. Not so by default.
     */
    public CallLimits withAdaptiveConcurrency() {
        return new CallLimits(concurrency, timeout, retries, deadline, requestsPerMinute, tokensPerMinute, true);
    }
}
