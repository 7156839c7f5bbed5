package dev.wst.rewards.preference;

import dev.wst.InvalidInputException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of a preference model that cannot be read or written; the message names the file and what is wrong. */
public final class PreferenceModelFileException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    PreferenceModelFileException(Path file, String message, @Nullable Throwable cause) {
        super(file + ": " + message, cause);
    }

    PreferenceModelFileException(Path file, String message) {
        this(file, message, null);
    }
}
