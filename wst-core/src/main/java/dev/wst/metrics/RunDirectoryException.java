package dev.wst.metrics;

import dev.wst.WstException;

/** The run directory exists already or cannot be written. */
public final class RunDirectoryException extends WstException {
    private static final long serialVersionUID = 1L;

    public RunDirectoryException(String message) {
        super(message);
    }

    public RunDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
