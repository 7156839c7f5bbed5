package dev.wst.examples.pair;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files of the jar in a temporary directory, as long as the process lives. The directory is locked; one whose lock is free
 * was left by a process that was killed, and is removed at the next start.
 */
final class UnpackedFiles {
    private static final String LOCK = "lock";

    private UnpackedFiles() {}

    /**
     * Unpacks.
     *
     * @param resources a directory beside this class
     */
    static Path of(String resources, List<String> names) {
        String prefix = "wst-" + resources + "-";
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            String own = prefix + process() + "-";
            removeLeft(parent, prefix, own);
            Path directory = Files.createTempDirectory(parent, own);
            FileChannel channel =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            FileLock lock = channel.lock();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> release(lock, directory), "remove-" + prefix));
            // The last name is the same in every process: answers are kept under a model's name.
            Path files = Files.createDirectory(directory.resolve(resources));
            for (String name : names) {
                copy(resources + "/" + name, files.resolve(name));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded pair could not be unpacked under " + parent, e);
        }
    }

    /** Its number may be that of an earlier one, its start with it is not. */
    private static String process() {
        ProcessHandle process = ProcessHandle.current();
        return process.pid() + "-"
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static void copy(String resource, Path target) throws IOException {
        try (InputStream in = UnpackedFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the examples' jar lacks " + resource);
            }
            Files.copy(in, target);
        }
    }

    /** @param own what directories of this process begin with: to look at one of their locks would let go of it (fcntl's rule) */
    private static void removeLeft(Path parent, String prefix, String own) throws IOException {
        List<Path> candidates = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path directory : directories) {
                if (!directory.getFileName().toString().startsWith(own)) {
                    candidates.add(directory);
                }
            }
        }
        for (Path directory : candidates) {
            Path lock = directory.resolve(LOCK);
            if (Files.isWritable(lock) && isFree(lock)) {
                remove(directory);
            }
        }
    }

    private static boolean isFree(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException | IOException e) {
            return false;
        }
    }

    private static void release(FileLock lock, Path directory) {
        try {
            remove(directory);
            lock.channel().close();
        } catch (IOException | UncheckedIOException e) {
            // It is removed at the next start.
            System.err.println(directory + " could not be removed: " + e);
        }
    }

    /** The lock goes last: a directory without one is not known to be left over. */
    private static void remove(Path directory) {
        try {
            List<Path> files;
            try (Stream<Path> all = Files.walk(directory)) {
                files = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                if (!file.endsWith(LOCK) && !file.equals(directory)) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(directory.resolve(LOCK));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
