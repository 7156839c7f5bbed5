package dev.wst.engine.tensor;

import dev.wst.EnvironmentException;

/** Something native that the engine needs cannot be loaded; the message says what to do. */
public final class BackendException extends EnvironmentException {
    private static final long serialVersionUID = 1L;

    public BackendException(String message) {
        super(message);
    }

    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
