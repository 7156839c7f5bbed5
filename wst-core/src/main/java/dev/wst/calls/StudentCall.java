package dev.wst.calls;

import dev.wst.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One question put to a student, on a thread that does nothing else meanwhile. When its time is up the thread is interrupted;
 * the call has ended when the student has returned, or, if it does not heed that, when as much time again has passed.
 */
final class StudentCall {
    private final Supplier<Answer> ask;
    private final Duration timeout;
    private final CompletableFuture<Answer> source = new CompletableFuture<>();
    private final CompletableFuture<Answer> answer = source.copy();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private @Nullable Thread thread;
    private boolean stopped;

    StudentCall(Supplier<Answer> ask, Duration timeout) {
        this.ask = ask;
        this.timeout = timeout;
    }

    /** The answer, what the student threw or, when the time is up, a {@link TimeoutException}. */
    CompletableFuture<Answer> answer() {
        return answer;
    }

    /** Ends a call that is not to begin. */
    void abandon() {
        ended.complete(null);
    }

    /** @param threads starts or lends a thread at once */
    void begin(Executor threads) {
        var unused = answer.orTimeout(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)
                .whenComplete((text, failure) -> {
                    if (failure instanceof TimeoutException) {
                        stop();
                    }
                });
        try {
            threads.execute(this::run);
        } catch (Throwable e) {
            // An error too, as where no thread can be started.
            source.completeExceptionally(e);
            ended.complete(null);
        }
    }

    private void run() {
        try {
            take(Thread.currentThread());
            Answer given = ask.get();
            // Before anybody is told: an interruption that comes too late must not reach what they do with the answer.
            take(null);
            source.complete(given);
        } catch (Throwable e) {
            take(null);
            // An error too: whoever waits must hear of it.
            source.completeExceptionally(e);
        } finally {
            ended.complete(null);
        }
    }

    /** @param present the thread that is to be interrupted from now on; null if none is */
    private synchronized void take(@Nullable Thread present) {
        thread = present;
        if (present == null) {
            // The thread goes on to other work, and the interruption was of this.
            boolean unused = Thread.interrupted();
        } else if (stopped) {
            present.interrupt();
        }
    }

    /** Tells a call that nobody waits for its answer any more. */
    void stop() {
        synchronized (this) {
            stopped = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
        ended.completeOnTimeout(null, TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    }

    /** @param task told once, when the call is under way no longer */
    void whenEnded(Runnable task) {
        var unused = ended.thenRun(task);
    }

    /** Waits until the call is under way no longer. */
    void awaitEnd() throws InterruptedException {
        try {
            Object unused = ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a call cannot fail", e);
        }
    }
}
