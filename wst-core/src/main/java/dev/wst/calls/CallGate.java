package dev.wst.calls;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many calls be under way at once; the others wait in line without holding a thread.
 *
 * <pre>{@code
 * CallGate gate = new CallGate(8);
 * CompletableFuture<String> passed = gate.pass(() -> CompletableFuture.supplyAsync(() -> chatModel.chat("Hello"), executor));
 * }</pre>
 */
public final class CallGate {
    private final IntSupplier places;
    private final Deque<Consumer<Runnable>> line = new ArrayDeque<>();
    private final AtomicInteger drains = new AtomicInteger();
    private int underWay;

    public CallGate(int concurrency) {
        this(() -> concurrency);
    }

    /** @param places how many calls may be under way now; read when one begins */
    CallGate(IntSupplier places) {
        this.places = places;
    }

    /**
     * Begins a call when its turn comes.
     *
     * @param call what begins it; where it throws, the result fails
     */
    public <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        enter(false, leave -> begin(call, leave, result));
        return result;
    }

    /**
     * Waits for a place.
     *
     * @param first whether to go to the head of the line
     * @param begin begins a call when its turn comes, throws nothing, and runs what it is given when the call has ended
     */
    void enter(boolean first, Consumer<Runnable> begin) {
        synchronized (line) {
            if (first) {
                line.addFirst(begin);
            } else {
                line.addLast(begin);
            }
        }
        drain();
    }

    /** One drain at a time: a call that ends at once would else begin the next one inside itself, and so on down the stack. */
    private void drain() {
        if (drains.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            for (Consumer<Runnable> next = admit(); next != null; next = admit()) {
                AtomicBoolean left = new AtomicBoolean();
                next.accept(() -> {
                    if (left.compareAndSet(false, true)) {
                        leave();
                    }
                });
            }
            seen = drains.addAndGet(-seen);
        } while (seen > 0);
    }

    private @Nullable Consumer<Runnable> admit() {
        synchronized (line) {
            if (line.isEmpty() || underWay >= places.getAsInt()) {
                return null;
            }
            underWay++;
            return line.removeFirst();
        }
    }

    private void leave() {
        synchronized (line) {
            underWay--;
        }
        drain();
    }

    private static <T> void begin(Supplier<CompletableFuture<T>> call, Runnable leave, CompletableFuture<T> result) {
        CompletableFuture<T> running;
        try {
            running = Objects.requireNonNull(call.get());
        } catch (Throwable e) {
            // An error too, as where no thread can be started: whoever waits must hear of it, and the line must go on.
            running = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<T> unused = running.whenComplete((value, failure) -> {
            leave.run();
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }
}
