package dev.wst.rewards.judge;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Runs calls on an executor, at most so many at once; the others wait in line without holding a thread. */
final class CallQueue {
    private final Executor executor;
    private final Duration timeout;
    private final Semaphore permits;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    CallQueue(Executor executor, int concurrency, Duration timeout) {
        this.executor = executor;
        this.permits = new Semaphore(concurrency);
        this.timeout = timeout;
    }

    /** What the call returns, or its exception, a time-out, or the executor's refusal. */
    <T> CompletableFuture<T> submit(Supplier<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        waiting.add(() -> begin(call, result));
        drain();
        return result;
    }

    private void drain() {
        while (!waiting.isEmpty() && permits.tryAcquire()) {
            Runnable next = waiting.poll();
            if (next == null) {
                permits.release();
            } else {
                next.run();
            }
        }
    }

    private <T> void begin(Supplier<T> call, CompletableFuture<T> result) {
        CompletableFuture<T> running;
        try {
            running = CompletableFuture.supplyAsync(call, executor);
        } catch (RejectedExecutionException e) {
            running = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<T> unused = running.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((value, failure) -> {
                    permits.release();
                    drain();
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(failure);
                    }
                });
    }
}
