package dev.wst.calls;

import dev.wst.Answer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a student alone that only fails. After twenty failures in a row that may pass, no call is made for five seconds; then
 * one is, and if that fails too, none for twice as long, up to a minute. Each batch has its own, so that the first calls of a
 * step always find out how things stand.
 */
final class Breaker {
    /** Whoever is refused asks again after this. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(StudentCalls.class);
    private static final int IN_A_ROW = 20;
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final double GROWTH = 2;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final float ALL = 100;

    private final Scheduler scheduler;
    private final CircuitBreaker breaker;
    private volatile Answer last = Answer.failed(Answer.FailureKind.ERROR, "nothing was asked");
    private volatile boolean answered;
    private volatile long lastAnswer;

    Breaker(Scheduler scheduler) {
        this.scheduler = scheduler;
        lastAnswer = scheduler.nanos();
        breaker = CircuitBreaker.of(
                "student",
                CircuitBreakerConfig.custom()
                        .slidingWindow(IN_A_ROW, IN_A_ROW, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(ALL)
                        .recordResult(answer -> isSilence((Answer) answer))
                        .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(FIRST, GROWTH, LONGEST))
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .clock(new SchedulerClock(scheduler))
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                LOG.warn(
                        "the student is left alone for a while: {}",
                        refusal().failure().orElseThrow().message());
            }
        });
    }

    private static boolean isSilence(Answer answer) {
        return answer.failure().filter(failure -> failure.kind().isTemporary()).isPresent();
    }

    /** Whether a call may be made now; if so, it must be made, and {@link #heard} told of it. */
    boolean admits() {
        return breaker.tryAcquirePermission();
    }

    /**
     * What became of a call.
     *
     * @param begun when it was made, by the scheduler
     */
    void heard(Answer answer, long begun) {
        if (isSilence(answer)) {
            if (begun - lastAnswer < 0) {
                // The student has answered since: calls whose time is up come in together, however well the others
                // fare.
                return;
            }
            last = answer;
        } else {
            lastAnswer = scheduler.nanos();
            answered = true;
        }
        // No time is measured: slow is not silent.
        breaker.onResult(0, TimeUnit.NANOSECONDS, answer);
    }

    /** Whether the student has answered anything in this batch, if only by saying no. */
    boolean hasAnswered() {
        return answered;
    }

    /** What becomes of a question that was not asked. */
    Answer refusal() {
        Answer.Failure failure = last.failure().orElseThrow();
        return Answer.failed(
                failure.kind(),
                "not asked, since the last " + IN_A_ROW + " calls failed, such as: " + failure.message(),
                failure.retryAfter());
    }

    /** The scheduler's time for Resilience4j. */
    private static final class SchedulerClock extends Clock {
        private final Scheduler scheduler;

        SchedulerClock(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(scheduler.nanos());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(@Nullable ZoneId zone) {
            return this;
        }
    }
}
