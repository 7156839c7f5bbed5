package dev.wst.files;

import com.google.common.base.Throwables;
import java.nio.channels.ClosedByInterruptException;

/**
 * Work with files that an interrupt does not break off: a channel closes itself under an interrupted thread, and what such a thread
 * puts away must be kept. If the interrupt comes meanwhile the work is begun anew. The thread's interrupt flag is put aside, and set
 * again afterwards.
 */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** What is done, perhaps several times. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        void run() throws E;
    }

    /** The same with a result. */
    @FunctionalInterface
    public interface Making<T, E extends Exception> {
        T get() throws E;
    }

    /** Does it. */
    public static <E extends Exception> void run(Work<E> work) throws E {
        boolean unused = get(() -> {
            work.run();
            return true;
        });
    }

    /** Does it and hands its result on. */
    public static <T, E extends Exception> T get(Making<T, E> work) throws E {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.get();
                } catch (Exception e) {
                    if (!isBrokenOff(e) || !Thread.interrupted()) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isBrokenOff(Exception failure) {
        return Throwables.getCausalChain(failure).stream().anyMatch(ClosedByInterruptException.class::isInstance);
    }
}
