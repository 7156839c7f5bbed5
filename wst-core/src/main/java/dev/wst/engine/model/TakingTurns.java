package dev.wst.engine.model;

import dev.wst.ClosedException;
import dev.wst.InterruptedRunException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A fair lock on memory that has to be freed: one thread at a time uses it. Whoever comes later waits; closing waits for the
 * call under way, and closing from inside a call takes effect at that call's end, so that nothing is freed while it is used.
 */
final class TakingTurns {
    private final ReentrantLock turn = new ReentrantLock(true);
    private final String name;
    private final Runnable afterTurn;
    private final Runnable release;
    private boolean closed;
    private boolean released;

    /**
     * @param name of what is used, for messages
     * @param afterTurn run by each thread when its turn ends
     * @param release frees it; run once
     */
    TakingTurns(String name, Runnable afterTurn, Runnable release) {
        this.name = name;
        this.afterTurn = afterTurn;
        this.release = release;
    }

    /**
     * Runs a call when its turn has come.
     *
     * @throws ClosedException if it was closed before
     * @throws InterruptedRunException if the thread is interrupted while it waits
     */
    <T> T take(Supplier<T> call) {
        await();
        try {
            if (closed) {
                throw new ClosedException(name + " is closed");
            }
            return call.get();
        } finally {
            leave();
        }
    }

    /** Frees what is used, after the call under way; does nothing a second time. */
    void close() {
        turn.lock();
        closed = true;
        leave();
    }

    private void await() {
        // An interruption that came before is the call's own affair, unless it would have to wait.
        if (Thread.currentThread().isInterrupted()) {
            if (!turn.tryLock()) {
                throw new InterruptedRunException("interrupted before its turn to use " + name);
            }
            return;
        }
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while waiting for another call of " + name);
        }
    }

    private void leave() {
        try {
            if (turn.getHoldCount() == 1 && !released) {
                afterTurn.run();
                if (closed) {
                    released = true;
                    release.run();
                }
            }
        } finally {
            turn.unlock();
        }
    }
}
