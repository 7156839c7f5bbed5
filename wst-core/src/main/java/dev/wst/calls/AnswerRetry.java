package dev.wst.calls;

import dev.wst.Answer;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Trying again after failures that may pass, with growing pauses or, where the server says when to come again, at that time.
 */
final class AnswerRetry {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final double GROWTH = 2;
    private static final double JITTER = 0.2;
    /** Who is told to wait longer gives up: other questions can go on meanwhile. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Retry retry;

    /** @param most tries after the first one */
    AnswerRetry(int most) {
        IntervalFunction growing =
                IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, GROWTH, JITTER, LONGEST_PAUSE);
        retry = Retry.of(
                "student",
                RetryConfig.<Answer>custom()
                        .maxAttempts(most + 1)
                        .retryOnResult(AnswerRetry::mayPass)
                        .retryOnException(failure -> false)
                        .intervalBiFunction((tried, outcome) ->
                                Math.max(growing.apply(tried), outcome.isRight() ? askedFor(outcome.get()) : 0))
                        .failAfterMaxAttempts(false)
                        .build());
    }

    Answer call(Supplier<Answer> call) {
        return retry.executeSupplier(call);
    }

    private static boolean mayPass(Answer answer) {
        return answer.failure()
                .filter(failure -> failure.kind().isTemporary())
                .filter(failure -> failure.retryAfter().orElse(Duration.ZERO).compareTo(LONGEST_PAUSE) <= 0)
                .isPresent();
    }

    private static long askedFor(Answer answer) {
        return answer.failure()
                .flatMap(Answer.Failure::retryAfter)
                .orElse(Duration.ZERO)
                .toMillis();
    }
}
