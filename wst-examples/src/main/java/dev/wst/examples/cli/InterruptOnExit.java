package dev.wst.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Turns Ctrl-C into an interruption of one thread, and gives that thread a minute to put away what it has. */
final class InterruptOnExit {
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch done = new CountDownLatch(1);

    private InterruptOnExit() {}

    /** Runs the work on this thread; if the process is told to end meanwhile, it waits for the work to notice. */
    static int during(IntSupplier work) {
        InterruptOnExit guard = new InterruptOnExit();
        Thread working = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> guard.stop(working), "interrupt-on-exit"));
        try {
            return work.getAsInt();
        } finally {
            guard.done.countDown();
        }
    }

    private void stop(Thread working) {
        if (done.getCount() == 0) {
            return;
        }
        working.interrupt();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("stopped without saving: the step did not end within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
