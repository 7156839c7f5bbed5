package dev.wst.engine.weights;

import dev.wst.InvalidInputException;

/** A model file is missing, cut, or contradicts itself. The message names the file and what in it is wrong. */
public final class ModelFileException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    public ModelFileException(String message) {
        super(message);
    }

    public ModelFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
