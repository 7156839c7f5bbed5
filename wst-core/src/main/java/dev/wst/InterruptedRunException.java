package dev.wst;

/** The thread was interrupted in the middle of a stage; its interrupt flag is set again. */
public final class InterruptedRunException extends WstException {
    private static final long serialVersionUID = 1L;

    public InterruptedRunException(String message) {
        super(message);
    }

    public InterruptedRunException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Ends a run whose thread was interrupted.
     *
     * @param where completes "interrupted ...", such as "between two updates"
     * @throws InterruptedRunException if this thread is interrupted; the flag stays set
     */
    public static void check(String where) {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedRunException("interrupted " + where);
        }
    }
}
