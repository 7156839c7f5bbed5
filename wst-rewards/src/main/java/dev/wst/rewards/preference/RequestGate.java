package dev.wst.rewards.preference;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Lets so many requests be under way at once; the others wait in line without holding a thread. */
final class RequestGate {
    private final Semaphore permits;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    RequestGate(int concurrency) {
        this.permits = new Semaphore(concurrency);
    }

    <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> request) {
        CompletableFuture<T> result = new CompletableFuture<>();
        waiting.add(() -> begin(request, result));
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

    private <T> void begin(Supplier<CompletableFuture<T>> request, CompletableFuture<T> result) {
        CompletableFuture<T> unused = request.get().whenComplete((value, failure) -> {
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
