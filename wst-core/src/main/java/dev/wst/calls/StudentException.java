package dev.wst.calls;

import dev.wst.WstException;

/** The student cannot be asked at all; the message says why and where it was looked for. */
public final class StudentException extends WstException {
    private static final long serialVersionUID = 1L;

    StudentException(String message) {
        super(message);
    }
}
