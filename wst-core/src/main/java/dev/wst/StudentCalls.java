package dev.wst;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
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
        Semaphore places = new Semaphore(concurrency);
        List<StudentCall> calls = new ArrayList<>();
        try {
            List<CompletableFuture<Answer>> pending = new ArrayList<>();
            for (Advice advice : batch) {
                places.acquire();
                StudentCall call = new StudentCall(timeout, places::release);
                calls.add(call);
                pending.add(call.begin(executor -> student.answerAsync(advice, executor))
                        .handle(this::settle));
            }
            List<Answer> answers = new ArrayList<>();
            for (CompletableFuture<Answer> one : pending) {
                answers.add(one.get());
            }
            // Whoever asks next begins with none of these calls under way.
            places.acquire(concurrency);
            return answers;
        } catch (InterruptedException e) {
            calls.forEach(StudentCall::stop);
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while waiting for the student");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a settled call cannot fail", e);
        }
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
}
