package dev.wst.rewards.judge;

import dev.wst.calls.CallLimits;
import java.time.Duration;
import java.util.Objects;

/**
 * How a judge is asked.
 *
 * <pre>{@code
 * JudgeOptions options = JudgeOptions.defaults().withVotes(3, 2).withTally(Tally.MAJORITY);
 * }</pre>
 *
 * @param votes how many independent verdicts are asked for; 1 by default. They differ only if the model samples: at
 *     temperature 0 they mostly repeat each other
 * @param minimumVotes how many of them must come for the attempt to be scored; 1 by default
 * @param tally how they become one verdict; the mean by default
 * @param retryDelay how long to wait before trying again where the call failed, as at a limit of rate; twice as long each
 *     further time. 1 second by default. A reply that is no verdict is asked for again at once
 * @param limits calls under way at once, over all rewards that share the judge (8 by default); the time of each, counted from
 *     when it is handed to the executor (2 minutes; a call beyond it is given up, though its thread may stay busy); further
 *     tries for a vote whose reply is no verdict, and as many for calls that fail (2)
 * @param seed of the fences around the judged texts; 0 by default
 * @param cacheSize how many verdicts are kept; 10,000 by default, 0 keeps none
 */
public record JudgeOptions(
        int votes, int minimumVotes, Tally tally, Duration retryDelay, CallLimits limits, long seed, long cacheSize) {

    public JudgeOptions {
        if (votes < 1 || minimumVotes < 1 || minimumVotes > votes) {
            throw new IllegalArgumentException(
                    "a judge needs at least one vote and a minimum between 1 and all of them," + " got " + votes
                            + " votes and a minimum of " + minimumVotes);
        }
        Objects.requireNonNull(tally, "tally");
        if (retryDelay.isNegative()) {
            throw new IllegalArgumentException("the delay before a retry must not be negative, got " + retryDelay);
        }
        Objects.requireNonNull(limits, "limits");
        if (cacheSize < 0) {
            throw new IllegalArgumentException("the size of the cache must be at least 0, got " + cacheSize);
        }
    }

    /** One vote, two retries, eight calls at once. */
    public static JudgeOptions defaults() {
        return new JudgeOptions(
                1, 1, Tally.MEAN, Duration.ofSeconds(1), CallLimits.defaults().withRetries(2), 0, 10_000);
    }

    /** Several votes, of which a minimum must come. */
    public JudgeOptions withVotes(int value, int minimum) {
        return new JudgeOptions(value, minimum, tally, retryDelay, limits, seed, cacheSize);
    }

    public JudgeOptions withTally(Tally value) {
        return new JudgeOptions(votes, minimumVotes, value, retryDelay, limits, seed, cacheSize);
    }

    public JudgeOptions withRetryDelay(Duration value) {
        return new JudgeOptions(votes, minimumVotes, tally, value, limits, seed, cacheSize);
    }

    public JudgeOptions withLimits(CallLimits value) {
        return new JudgeOptions(votes, minimumVotes, tally, retryDelay, value, seed, cacheSize);
    }

    public JudgeOptions withSeed(long value) {
        return new JudgeOptions(votes, minimumVotes, tally, retryDelay, limits, value, cacheSize);
    }

    public JudgeOptions withCacheSize(long value) {
        return new JudgeOptions(votes, minimumVotes, tally, retryDelay, limits, seed, value);
    }
}
