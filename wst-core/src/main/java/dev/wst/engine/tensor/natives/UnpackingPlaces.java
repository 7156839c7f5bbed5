package dev.wst.engine.tensor.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where native libraries are unpacked from their jars before they can be loaded. */
public final class UnpackingPlaces {
    private static final List<String> PROPERTIES =
            List.of("org.bytedeco.javacpp.cachedir", "user.home", "java.io.tmpdir");

    private UnpackingPlaces() {}

    /** Why nothing can be unpacked anywhere; empty if it can. */
    public static Optional<String> objection() {
        List<Path> places = PROPERTIES.stream()
                .map(System::getProperty)
                .filter(place -> place != null && !place.isEmpty())
                .map(Path::of)
                .toList();
        if (places.stream().anyMatch(UnpackingPlaces::takesFiles)) {
            return Optional.empty();
        }
        return Optional.of("native libraries are unpacked before they are loaded, and none of " + places
                + " can be written and executed from; make the home or the temporary directory so (a container's may be"
                + " mounted noexec), or name another place with"
                + " -Dorg.bytedeco.javacpp.cachedir=DIR and -Djava.io.tmpdir=DIR");
    }

    /** Whether it is a directory that can be written, or can be made one. */
    private static boolean takesFiles(Path place) {
        Path there = place.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there != null && Files.isDirectory(there) && takesCode(there);
    }

    /**
     * Asks the file system: for a privileged user every directory seems to be writable, and only a file tells whether its mount
     * lets code run.
     */
    private static boolean takesCode(Path directory) {
        try {
            Path file = Files.createTempFile(directory, "wst-", ".tmp");
            try {
                return file.toFile().setExecutable(true) && Files.isExecutable(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException | SecurityException e) {
            return false;
        }
    }
}
