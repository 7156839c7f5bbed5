package dev.wst.calls;

import com.google.common.collect.Comparators;
import dev.wst.Answer;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a question is tried again, and after which pause: a growing one, or the one that the server asked for.
 *
 * @param most tries after the first one
 * @param deadline for all pauses and tries after the first failure
 */
record Retries(int most, Duration deadline) {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final double GROWTH = 2;
    private static final double JITTER = 0.2;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final IntervalFunction GROWING =
            IntervalFunction.ofExponentialRandomBackoff(FIRST, GROWTH, JITTER, LONGEST);

    /**
     * The pause before the next try; empty if there is none.
     *
     * @param tried how often with failures of this sort, at least once
     * @param answer of the last try
     * @param passed time since the first try failed
     */
    Optional<Duration> pause(int tried, Answer answer, Duration passed) {
        return answer.failure()
                .filter(failure -> failure.kind().isTemporary() && tried <= most)
                .map(failure -> Comparators.max(
                        Duration.ofMillis(GROWING.apply(tried)),
                        failure.retryAfter().orElse(Duration.ZERO)))
                .flatMap(pause -> within(pause, passed));
    }

    /** A pause, if it ends before the deadline. */
    Optional<Duration> within(Duration pause, Duration passed) {
        return Optional.of(pause).filter(time -> time.compareTo(deadline.minus(passed)) <= 0);
    }
}
