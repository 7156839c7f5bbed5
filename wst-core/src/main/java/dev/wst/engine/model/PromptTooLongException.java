package dev.wst.engine.model;

import dev.wst.InvalidInputException;

/** A prompt and what is to be written after it do not fit the model's context. */
public final class PromptTooLongException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    public PromptTooLongException(String message) {
        super(message);
    }
}
