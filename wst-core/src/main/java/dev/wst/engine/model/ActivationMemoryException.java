package dev.wst.engine.model;

import dev.wst.InvalidInputException;

/** A single instruction needs more memory to be learned from than its activations may take. */
public final class ActivationMemoryException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    public ActivationMemoryException(String message) {
        super(message);
    }
}
