package dev.wst.calls;

import java.time.Duration;

/** Tells the time and does things later. */
interface Scheduler {

    /** Nanoseconds since some instant; they never go back. */
    long nanos();

    /**
     * Runs a task when a pause is over; nobody waits meanwhile.
     *
     * @param task short, and throws nothing
     */
    void after(Duration pause, Runnable task);
}
