package dev.wst.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Writes a directory beside its place and renames it, so that it is there complete or not at all. */
public final class AtomicDirectory {
    private AtomicDirectory() {}

    /** Fills a new directory. */
    @FunctionalInterface
    public interface Filling {
        void into(Path directory) throws IOException;
    }

    /**
     * Creates a directory with what {@code filling} puts there.
     *
     * @throws ModelFileException if it exists already or cannot be written; nothing is left behind then
     */
    public static void write(Path directory, Filling filling) {
        Path target = directory.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (parent == null || Files.exists(target)) {
            throw new ModelFileException(directory + " exists already; choose another directory or move it away");
        }
        Path temporary = null;
        try {
            Files.createDirectories(parent);
            temporary = Files.createTempDirectory(parent, "." + target.getFileName() + "-");
            filling.into(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | UncheckedIOException e) {
            if (temporary != null) {
                delete(temporary);
            }
            throw new ModelFileException(directory + " cannot be written: " + e, e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new ModelFileException("the unfinished " + directory + " cannot be removed: " + e, e);
        }
    }
}
