package dev.wst;

import org.jspecify.annotations.Nullable;

/** A file, a task, a prompt or an address cannot be used as it is; the message says what was expected, what came and what to change. */
public class InvalidInputException extends WstException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }

    public InvalidInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
