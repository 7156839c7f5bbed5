package dev.wst.rewards.code;

import dev.wst.EnvironmentException;
import org.jspecify.annotations.Nullable;

/** This machine cannot run programs: there is no Python, or not the protection that was required. */
public final class CodeExecutorException extends EnvironmentException {
    private static final long serialVersionUID = 1L;

    CodeExecutorException(String message) {
        super(message);
    }

    CodeExecutorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
