package dev.wst.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file beside its place and renames it over what was there, so that it holds the old bytes or the new ones. */
public final class AtomicFile {
    private AtomicFile() {}

    /** How files are opened for writing. */
    @FunctionalInterface
    public interface Opening {
        OutputStream open(Path file, OpenOption... options) throws IOException;
    }

    /** Writes a file. */
    @FunctionalInterface
    public interface Filling {
        void into(Path file) throws IOException;
    }

    /** The bytes are on the disk when this returns; where they cannot be written, what was there before stays. */
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, bytes, Files::newOutputStream);
    }

    /** The same with another way of opening files. */
    public static void write(Path file, byte[] bytes, Opening files) throws IOException {
        fill(file, beside -> {
            try (OutputStream out =
                    files.open(beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
                out.write(bytes);
            }
        });
    }

    /** The same for what is too large to be held: {@code filling} writes it, over what an earlier one left unfinished. */
    public static void fill(Path file, Filling filling) throws IOException {
        Uninterrupted.run(() -> fillOnce(file.toAbsolutePath(), filling));
    }

    private static void fillOnce(Path target, Filling filling) throws IOException {
        Path beside = target.resolveSibling("." + target.getFileName());
        try {
            filling.into(beside);
            Synced.file(beside);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
            Path parent = target.getParent();
            if (parent != null) {
                Synced.directory(parent);
            }
        } catch (IOException | RuntimeException e) {
            try {
                Files.deleteIfExists(beside);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }
}
