package dev.wst.engine.weights;

import dev.wst.InvalidInputException;

/** A model file is sound, but asks for something this engine does not compute. */
public final class UnsupportedModelException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    public UnsupportedModelException(String message) {
        super(message);
    }
}
