package dev.wst.examples.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Copies of whole directories, and what is in them. */
final class Copies {
    private Copies() {}

    static void of(Path from, Path to) throws IOException {
        for (Path path : all(from)) {
            Path copy = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(copy);
            } else {
                Files.copy(path, copy);
            }
        }
    }

    /** A hash of each file but the lock, which names the process that took it last. */
    static Map<Path, Integer> hashes(Path directory) throws IOException {
        Map<Path, Integer> hashes = new TreeMap<>();
        for (Path path : all(directory)) {
            if (Files.isRegularFile(path) && !path.endsWith("lock")) {
                hashes.put(directory.relativize(path), Arrays.hashCode(Files.readAllBytes(path)));
            }
        }
        return hashes;
    }

    private static List<Path> all(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.sorted().toList();
        }
    }
}
