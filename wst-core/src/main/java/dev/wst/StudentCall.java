package dev.wst;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One question put to a student, with threads of its own. When its time is up it is cancelled and its threads are
 * interrupted; it has ended when they have, or, if they do not heed that, when as much time again has passed.
 */
final class StudentCall implements Executor {
    private final Duration timeout;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    /** The stage that answers, and the threads that work for it. */
    private final AtomicInteger open = new AtomicInteger(1);

    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private CompletableFuture<@Nullable Answer> source = new CompletableFuture<>();

    /** @param whenEnded told once */
    StudentCall(Duration timeout, Runnable whenEnded) {
        this.timeout = timeout;
        var unused = ended.thenRun(whenEnded);
    }

    /**
     * Asks.
     *
     * @return the answer, the student's failure or, when the time is up, a {@link TimeoutException}
     */
    CompletableFuture<@Nullable Answer> begin(Function<Executor, CompletionStage<Answer>> ask) {
        try {
            source = ask.apply(this).toCompletableFuture();
        } catch (RuntimeException e) {
            source = CompletableFuture.failedFuture(e);
        }
        var unused = source.whenComplete((answer, failure) -> close());
        return source.copy().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).whenComplete((answer, failure) -> {
            if (failure instanceof TimeoutException) {
                stop();
            }
        });
    }

    /** Tells a call that nobody waits for its answer any more. */
    void stop() {
        source.cancel(true);
        threads.forEach(Thread::interrupt);
        ended.completeOnTimeout(null, timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void execute(Runnable work) {
        open.incrementAndGet();
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } finally {
                        close();
                    }
                },
                "wst-student");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void close() {
        if (open.decrementAndGet() == 0) {
            ended.complete(null);
        }
    }
}
