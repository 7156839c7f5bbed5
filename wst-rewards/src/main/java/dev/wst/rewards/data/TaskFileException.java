package dev.wst.rewards.data;

import dev.wst.InvalidInputException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of tasks or preferences that cannot be used; the message names the file and, where there is one, the line. */
public final class TaskFileException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    TaskFileException(Path file, String message, @Nullable Throwable cause) {
        super(file + ": " + message, cause);
    }

    TaskFileException(Path file, int line, String message, @Nullable Throwable cause) {
        super(file + ":" + line + ": " + message, cause);
    }
}
