package dev.wst.rewards.code;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private directory that is gone when this is closed, whatever was left in it. Where it cannot be removed that is logged:
 * what a program leaves behind must not end a run.
 */
record Scratch(Path directory) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

    static Scratch create() throws IOException {
        return new Scratch(Files.createTempDirectory("wst-code-"));
    }

    @Override
    public void close() {
        try {
            remove();
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("the scratch directory {} cannot be removed: {}", directory, e.toString());
        }
    }

    /**
     * Directories can nest more deeply than a path is long. So each is moved up to one place before it is looked into, and
     * no path ever grows. Links are removed, not followed.
     */
    private void remove() throws IOException {
        open(directory);
        Path flat = Files.createTempDirectory(directory, "");
        Deque<Path> left = new ArrayDeque<>();
        left.add(directory);
        long moved = 0;
        while (!left.isEmpty()) {
            Path each = left.remove();
            try (DirectoryStream<Path> children = Files.newDirectoryStream(each)) {
                for (Path child : children) {
                    if (child.equals(flat)) {
                        continue;
                    }
                    if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                        open(child);
                        left.add(Files.move(child, flat.resolve(Long.toString(moved++))));
                    } else {
                        Files.delete(child);
                    }
                }
            }
            if (!each.equals(directory)) {
                Files.delete(each);
            }
        }
        Files.delete(flat);
        Files.delete(directory);
    }

    /** A program may have taken away its own right to list or change a directory. */
    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
}
