package dev.wst.metrics;

import dev.wst.WstException;
import java.io.IOException;
import java.nio.file.Path;

/** The run directory exists already or cannot be written; the message names the file. */
public final class RunDirectoryException extends WstException {
    private static final long serialVersionUID = 1L;

    public RunDirectoryException(String message) {
        super(message);
    }

    public RunDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }

    static RunDirectoryException unwritable(Path file, IOException cause) {
        return new RunDirectoryException(
                file + " cannot be written: " + cause + "; what was written before is kept", cause);
    }
}
