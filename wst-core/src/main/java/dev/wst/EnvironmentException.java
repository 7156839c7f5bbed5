package dev.wst;

import org.jspecify.annotations.Nullable;

/** The machine cannot do what was asked: a library is missing, a disk is full, a directory is closed. The message says what to repair. */
public class EnvironmentException extends WstException {
    private static final long serialVersionUID = 1L;

    public EnvironmentException(String message) {
        super(message);
    }

    public EnvironmentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
