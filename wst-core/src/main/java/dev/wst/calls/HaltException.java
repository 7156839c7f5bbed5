package dev.wst.calls;

import dev.wst.WstException;

/**
 * The run cannot go on asking, through no fault of the student: its budget is spent, or an answer cannot be kept. Unlike what a
 * student throws it does not become a failed answer.
 */
final class HaltException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final WstException reason;

    HaltException(WstException reason) {
        super(reason);
        this.reason = reason;
    }

    WstException reason() {
        return reason;
    }
}
