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
                + " can be written; make the home or the temporary directory writable, or name another place with"
                + " -Dorg.bytedeco.javacpp.cachedir=DIR and -Djava.io.tmpdir=DIR");
    }

    /** Whether it is a directory that can be written, or can be made one. */
    private static boolean takesFiles(Path place) {
        Path there = place.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there != null && Files.isDirectory(there) && isWritable(there);
    }

    /** Asks the file system: for a privileged user every directory seems to be writable. */
    private static boolean isWritable(Path directory) {
        try {
            Files.delete(Files.createTempFile(directory, "wst-", ".tmp"));
            return true;
        } catch (IOException | SecurityException e) {
            return false;
        }
    }
}
