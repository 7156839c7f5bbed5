package dev.wst.rewards.preference;

import dev.wst.InvalidInputException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of a preference model that cannot be read or written; the message names the file and what is wrong. */
public final class PreferenceFileException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    PreferenceFileException(Path file, String message, @Nullable Throwable cause) {
        super(file + ": " + message, cause);
    }

    PreferenceFileException(Path file, String message) {
        this(file, message, null);
    }
}
