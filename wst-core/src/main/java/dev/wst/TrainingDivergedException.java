package dev.wst;

/** A loss or gradient was not finite; the weights are those before the update. The message names what, where and when. */
public final class TrainingDivergedException extends WstException {
    private static final long serialVersionUID = 1L;

    public TrainingDivergedException(String message) {
        super(message);
    }

    public TrainingDivergedException(String message, Throwable cause) {
        super(message, cause);
    }
}
