package dev.wst.engine.tensor;

import dev.wst.WstException;

/** Something native that the engine needs cannot be loaded; the message says what to do. */
public final class BackendException extends WstException {
    private static final long serialVersionUID = 1L;

    public BackendException(String message) {
        super(message);
    }

    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
