package dev.wst;

/** A teacher, model or tokenizer was used after it was closed. Nothing was computed; open another. */
public final class ClosedException extends WstException {
    private static final long serialVersionUID = 1L;

    public ClosedException(String message) {
        super(message);
    }
}
