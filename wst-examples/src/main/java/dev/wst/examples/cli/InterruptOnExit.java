package dev.wst.examples.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/**
 * Turns Ctrl-C into an interruption of one thread, and lets the process live until that thread has put away what it has. A
 * second Ctrl-C ends it at once.
 */
final class InterruptOnExit {
    private static final int INTERRUPTED = 130;

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
        haltOnInterrupt();
        System.err.println("\nstopping, and saving what was learned; Ctrl-C again ends at once without saving");
        working.interrupt();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** While it shuts down, a JVM ignores signals. What hears them all the same may be named by reflection only. */
    private static void haltOnInterrupt() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object halt = Proxy.newProxyInstance(
                    InterruptOnExit.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        Runtime.getRuntime().halt(INTERRUPTED);
                        return self;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), halt);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            System.err.println("a second Ctrl-C will not be heard: " + e);
        }
    }
}
