package dev.wst;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Puts a batch of questions to a student: bounded concurrency, order kept, a time-out for each call, and every failure
 * turned into a failed answer.
 */
final class StudentCalls {
    private final StudentClient student;
    private final int concurrency;
    private final Duration timeout;

    StudentCalls(StudentClient student, int concurrency, Duration timeout) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, got " + concurrency);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time-out must be positive, got " + timeout);
        }
        this.student = student;
        this.concurrency = concurrency;
        this.timeout = timeout;
    }

    /** One answer for each advice, in order. */
    List<Answer> answer(List<Advice> batch) {
        // A thread that hangs is given up with its time-out, so the pool may grow beyond the calls under way.
        ExecutorService threads = Executors.newCachedThreadPool(StudentCalls::daemon);
        Semaphore permits = new Semaphore(concurrency);
        try {
            List<CompletableFuture<Answer>> pending = new ArrayList<>();
            for (Advice advice : batch) {
                permits.acquire();
                pending.add(begin(advice, threads).whenComplete((answer, failure) -> permits.release()));
            }
            return pending.stream().map(CompletableFuture::join).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while waiting for the student");
        } finally {
            threads.shutdownNow();
        }
    }

    private CompletableFuture<Answer> begin(Advice advice, ExecutorService threads) {
        CompletableFuture<@Nullable Answer> call;
        try {
            call = student.answerAsync(advice, threads).toCompletableFuture().copy();
        } catch (RuntimeException e) {
            call = CompletableFuture.failedFuture(e);
        }
        return call.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).handle(this::settle);
    }

    private Answer settle(@Nullable Answer answer, @Nullable Throwable failure) {
        if (failure != null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return cause instanceof TimeoutException || cause instanceof CancellationException
                    ? Answer.failed(Answer.FailureKind.TIMEOUT, "no answer within " + timeout)
                    : Answer.failed(Answer.FailureKind.ERROR, cause.toString());
        }
        if (answer == null) {
            return Answer.failed(Answer.FailureKind.EMPTY, "the student returned null");
        }
        if (answer.hasArrived() && answer.text().isBlank()) {
            return Answer.failed(Answer.FailureKind.EMPTY, "the student answered with a blank text");
        }
        return answer;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "wst-student");
        thread.setDaemon(true);
        return thread;
    }
}
