package dev.wst;

import org.jspecify.annotations.Nullable;

/** Somebody who was asked is not there, a student or a judge: the same call may well succeed later. */
public final class UnavailableException extends WstException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
