package dev.wst.engine.tokenizer;

import dev.wst.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** A tokenizer or chat template is missing, damaged, of an unknown kind, or refuses what it was given. */
public final class TokenizerException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    public TokenizerException(String message) {
        super(message);
    }

    public TokenizerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
