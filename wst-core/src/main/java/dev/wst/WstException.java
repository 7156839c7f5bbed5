package dev.wst;

import org.jspecify.annotations.Nullable;

/**
 * Root of every exception that this library throws about the world (files, models, students, numbers). Wrong arguments
 * are {@link IllegalArgumentException}s instead: those are mended in code, these are handled.
 */
public class WstException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WstException(String message) {
        super(message);
    }

    public WstException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
