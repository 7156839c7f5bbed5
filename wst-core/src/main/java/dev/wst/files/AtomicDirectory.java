package dev.wst.files;

import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes a directory beside its place and renames it, so that it is there complete or not at all. */
public final class AtomicDirectory {
    private AtomicDirectory() {}

    /** Fills a new directory. */
    @FunctionalInterface
    public interface Filling {
        void into(Path directory) throws IOException;
    }

    /**
     * Creates a directory with what {@code filling} puts there; it is on the disk when this returns, interrupted or not.
     *
     * @throws InvalidInputException if it exists already
     * @throws EnvironmentException if it cannot be written; nothing is left behind then, nor when the filling throws anything
     *     else
     */
    public static void write(Path directory, Filling filling) {
        Path target = directory.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (parent == null || Files.exists(target)) {
            throw new InvalidInputException(directory + " exists already; choose another directory or move it away");
        }
        Uninterrupted.run(() -> fillOnce(directory, parent, target, filling));
    }

    private static void fillOnce(Path directory, Path parent, Path target, Filling filling) {
        // Not a temporary directory of the JDK: those are closed to all others, and stay so under their new name.
        Path temporary = parent.resolve("." + target.getFileName() + "-" + UUID.randomUUID());
        try {
            Files.createDirectories(parent);
            Files.createDirectory(temporary);
            filling.into(temporary);
            Synced.tree(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            Synced.directory(parent);
        } catch (IOException | UncheckedIOException e) {
            EnvironmentException failure = new EnvironmentException(directory + " cannot be written: " + e, e);
            delete(temporary, failure);
            throw failure;
        } catch (RuntimeException | Error e) {
            delete(temporary, e);
            throw e;
        }
    }

    private static void delete(Path directory, Throwable why) {
        try {
            Deletion.of(directory);
        } catch (IOException | UncheckedIOException e) {
            why.addSuppressed(new EnvironmentException("the unfinished " + directory + " cannot be removed: " + e, e));
        }
    }
}
