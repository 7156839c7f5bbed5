package dev.wst.engine.weights;

import dev.wst.WstException;

/** A model file is sound, but asks for something this engine does not compute. */
public final class UnsupportedModelException extends WstException {
    private static final long serialVersionUID = 1L;

    public UnsupportedModelException(String message) {
        super(message);
    }
}
