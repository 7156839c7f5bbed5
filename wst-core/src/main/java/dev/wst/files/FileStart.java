package dev.wst.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The first bytes of a file that others may have been appended to.
 *
 * @param bytes how many
 * @param sha256 of them, in hexadecimal digits
 */
public record FileStart(long bytes, String sha256) {
    /** Of no bytes. */
    public static final FileStart NOTHING = new RunningHash().start();

    /** Whether the file begins with these bytes. */
    public boolean isIn(Path file) throws IOException {
        return Files.exists(file)
                && Files.size(file) >= bytes
                && RunningHash.of(file, bytes).start().equals(this);
    }
}
