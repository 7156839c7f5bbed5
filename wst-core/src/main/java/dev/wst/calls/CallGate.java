package dev.wst.calls;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Lets so many calls be under way at once; the others wait in line without holding a thread. */
public final class CallGate {
    private final Semaphore permits;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger drains = new AtomicInteger();

    public CallGate(int concurrency) {
        this.permits = new Semaphore(concurrency);
    }

    /**
     * Begins a call when its turn comes.
     *
     * @param call what begins it; where it throws, the result fails
     */
    public <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        waiting.add(() -> begin(call, result));
        drain();
        return result;
    }

    /** One drain at a time: a call that ends at once would else begin the next one inside itself, and so on down the stack. */
    private void drain() {
        if (drains.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            while (!waiting.isEmpty() && permits.tryAcquire()) {
                Runnable next = waiting.poll();
                if (next == null) {
                    permits.release();
                } else {
                    next.run();
                }
            }
            seen = drains.addAndGet(-seen);
        } while (seen > 0);
    }

    private <T> void begin(Supplier<CompletableFuture<T>> call, CompletableFuture<T> result) {
        CompletableFuture<T> running;
        try {
            running = Objects.requireNonNull(call.get());
        } catch (Throwable e) {
            // An error too, as where no thread can be started: whoever waits must hear of it, and the line must go on.
            running = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<T> unused = running.whenComplete((value, failure) -> {
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
