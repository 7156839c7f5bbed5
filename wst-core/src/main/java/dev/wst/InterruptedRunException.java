package dev.wst;

/** The thread was interrupted in the middle of a stage; its interrupt flag is set again. */
public final class InterruptedRunException extends WstException {
    private static final long serialVersionUID = 1L;

    public InterruptedRunException(String message) {
        super(message);
    }
}
