package dev.wst.rewards.code;

import dev.wst.InvalidInputException;

/** Tests hold a program to nothing, so that every program passes. */
final class NoChecksException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    NoChecksException() {
        super("the tests check nothing: give them an assertion at least");
    }
}
