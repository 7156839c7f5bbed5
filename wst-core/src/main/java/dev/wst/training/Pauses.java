package dev.wst.training;

import java.time.Duration;

/** How a run waits. */
@FunctionalInterface
interface Pauses {
    void sleep(Duration duration) throws InterruptedException;
}
