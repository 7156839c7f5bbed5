package dev.wst.checkpoint;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import dev.wst.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The file SHA256SUMS of a directory: the hash of every file in it, as {@code sha256sum --check} reads it. */
final class FileHashes {
    private static final String NAME = "SHA256SUMS";
    private static final String BETWEEN = "  ";

    private FileHashes() {}

    /** Notes all files that are there. */
    static void write(Path directory) throws IOException {
        StringBuilder lines = new StringBuilder();
        of(directory)
                .forEach((name, hash) ->
                        lines.append(hash).append(BETWEEN).append(name).append('\n'));
        Files.writeString(directory.resolve(NAME), lines);
    }

    /**
     * Compares.
     *
     * @throws InvalidInputException if a file is missing, was added or has other bytes; the message names it
     */
    static void check(Path directory) throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(directory.resolve(NAME))) {
            int end = line.indexOf(BETWEEN);
            if (end < 0) {
                throw new InvalidInputException(directory.resolve(NAME) + " is damaged");
            }
            expected.put(line.substring(end + BETWEEN.length()), line.substring(0, end));
        }
        Map<String, String> found = of(directory);
        for (String name : expected.keySet()) {
            if (!expected.get(name).equals(found.get(name))) {
                throw new InvalidInputException(
                        directory.resolve(name) + (found.containsKey(name) ? " is damaged" : " is missing"));
            }
        }
        if (!found.keySet().equals(expected.keySet())) {
            throw new InvalidInputException(
                    directory.resolve(NAME) + " names only " + expected.keySet() + " of " + found.keySet());
        }
    }

    private static Map<String, String> of(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals(NAME))
                    .toList();
        }
        Map<String, String> hashes = new TreeMap<>();
        for (Path file : files) {
            String name = directory.relativize(file).toString().replace('\\', '/');
            hashes.put(name, MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString());
        }
        return hashes;
    }
}
