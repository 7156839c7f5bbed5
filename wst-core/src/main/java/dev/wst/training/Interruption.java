package dev.wst.training;

import dev.wst.InterruptedRunException;

/** Noticing that the training thread is to stop. */
final class Interruption {
    private Interruption() {}

    /** @throws InterruptedRunException if this thread is interrupted; the flag stays set */
    static void check(String where) {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedRunException("interrupted " + where);
        }
    }
}
