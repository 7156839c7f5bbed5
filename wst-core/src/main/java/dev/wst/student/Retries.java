package dev.wst.student;

import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RetriableException;
import dev.wst.WstException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Trying again after failures that may pass, with growing pauses or, where the server says when to come again, at that time.
 */
final class Retries {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final double GROWTH = 2;
    private static final double JITTER = 0.2;
    /** Who is told to wait longer gives up: other questions can go on meanwhile. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final int most;
    private final Retry retry;

    /** @param most tries after the first one */
    Retries(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("retries must be at least 0, got " + most);
        }
        this.most = most;
        IntervalFunction growing =
                IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, GROWTH, JITTER, LONGEST_PAUSE);
        RetryConfig config = RetryConfig.custom()
                .maxAttempts(most + 1)
                .retryOnException(Retries::mayPass)
                .intervalBiFunction((tried, outcome) -> Math.max(
                        growing.apply(tried),
                        outcome.isLeft()
                                ? askedFor(outcome.getLeft())
                                        .orElse(Duration.ZERO)
                                        .toMillis()
                                : 0))
                .failAfterMaxAttempts(false)
                .build();
        retry = Retry.of("student", config);
    }

    <T> T call(Supplier<T> call) {
        return most == 0 ? call.get() : retry.executeSupplier(call);
    }

    /** When the server said to come again. */
    static Optional<Duration> askedFor(Throwable failure) {
        return causes(failure)
                .filter(RetryLaterException.class::isInstance)
                .map(e -> ((RetryLaterException) e).pause())
                .findFirst();
    }

    private static boolean mayPass(Throwable failure) {
        if (failure instanceof WstException || failure instanceof NonRetriableException) {
            return false;
        }
        if (askedFor(failure)
                .filter(pause -> pause.compareTo(LONGEST_PAUSE) > 0)
                .isPresent()) {
            return false;
        }
        return causes(failure)
                .anyMatch(e -> e instanceof RetriableException
                        || e instanceof UncheckedIOException
                        || e instanceof IOException);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, e -> e != null, e -> e.getCause() == e ? null : e.getCause())
                .limit(16);
    }
}
