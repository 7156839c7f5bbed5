package dev.wst.rewards.code;

import dev.wst.WstException;

/** Tests hold a program to nothing, so that every program passes. */
final class NoChecksException extends WstException {
    private static final long serialVersionUID = 1L;

    NoChecksException() {
        super("the tests check nothing: give them an assertion at least");
    }
}
