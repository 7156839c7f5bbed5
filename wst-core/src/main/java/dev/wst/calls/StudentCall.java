package dev.wst.calls;

import dev.wst.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One question put to a student, on a thread of its own. When its time is up the thread is interrupted; it has ended when the
 * thread has, or, if that does not heed it, when as much time again has passed.
 */
final class StudentCall {
    private final Duration timeout;
    private final CompletableFuture<Answer> source = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final Thread thread;

    /** @param whenEnded told once */
    StudentCall(Supplier<Answer> ask, Duration timeout, Runnable whenEnded) {
        this.timeout = timeout;
        var unused = ended.thenRun(whenEnded);
        thread = new Thread(() -> run(ask), "wst-student");
        thread.setDaemon(true);
    }

    private void run(Supplier<Answer> ask) {
        try {
            source.complete(ask.get());
        } catch (Throwable e) {
            // An error too: whoever waits must hear of it.
            source.completeExceptionally(e);
        } finally {
            ended.complete(null);
        }
    }

    /** The answer, what the student threw or, when the time is up, a {@link TimeoutException}. */
    CompletableFuture<Answer> begin() {
        thread.start();
        return source.copy().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).whenComplete((answer, failure) -> {
            if (failure instanceof TimeoutException) {
                stop();
            }
        });
    }

    /** Tells a call that nobody waits for its answer any more. */
    void stop() {
        thread.interrupt();
        ended.completeOnTimeout(null, timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
}
