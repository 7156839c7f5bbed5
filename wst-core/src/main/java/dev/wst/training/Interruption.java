package dev.wst.training;

import dev.wst.InterruptedRunException;
import java.time.Duration;

/** Noticing that the training thread is to stop. */
final class Interruption {
    private Interruption() {}

    /** @throws InterruptedRunException if this thread is interrupted meanwhile; the flag stays set */
    static void pause(Pauses pauses, Duration duration, String where) {
        try {
            pauses.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted " + where);
        }
    }
}
