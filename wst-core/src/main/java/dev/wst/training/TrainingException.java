package dev.wst.training;

import dev.wst.WstException;

/** A run cannot begin or go on; the message says at which step and why. */
public final class TrainingException extends WstException {
    private static final long serialVersionUID = 1L;

    public TrainingException(String message) {
        super(message);
    }

    TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
