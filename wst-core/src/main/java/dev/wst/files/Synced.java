package dev.wst.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Waits until what was written is on the disk: a rename that survives a power cut, of files that do not, would be worse than none.
 */
public final class Synced {
    private static final boolean CAN_OPEN_DIRECTORIES =
            !System.getProperty("os.name", "").startsWith("Windows");

    private Synced() {}

    /** All files and directories below and including one. */
    static void tree(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(directory)) {
            all = walk.toList();
        }
        for (Path path : all) {
            if (Files.isDirectory(path)) {
                directory(path);
            } else {
                file(path);
            }
        }
    }

    /** One file. */
    public static void file(Path path) throws IOException {
        force(path, StandardOpenOption.WRITE);
    }

    /** The names in a directory. */
    static void directory(Path path) throws IOException {
        if (CAN_OPEN_DIRECTORIES) {
            force(path, StandardOpenOption.READ);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        Uninterrupted.run(() -> {
            try (FileChannel channel = FileChannel.open(path, how)) {
                channel.force(true);
            }
        });
    }
}
