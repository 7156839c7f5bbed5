package dev.wst.examples.device;

/** Something that must hold does not; the message says what was expected and what came. */
final class CheckFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CheckFailedException(String message) {
        super(message);
    }
}
