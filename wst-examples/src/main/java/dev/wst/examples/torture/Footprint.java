package dev.wst.examples.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param sockets 0 where the system does not tell
 * @param heap bytes after a collection
 */
record Footprint(int threads, long sockets, long heap) {
    private static final int MORE_THREADS = 2;
    private static final int MORE_SOCKETS = 2;
    private static final long MORE_HEAP = 16L << 20;
    /** The JDK's HTTP client keeps idle threads for a minute. */
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private static final long PAUSE_MILLIS = 500;
    private static final Path FILES = Path.of("/proc/self/fd");

    static Footprint now() {
        System.gc();
        return new Footprint(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                countSockets(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /** What is held when threads and sockets are back at this, or when it has been waited for long enough. */
    Footprint awaitReturn() throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST);
        Footprint present = now();
        while (!present.hasLetGo(this) && Instant.now().isBefore(end)) {
            Thread.sleep(PAUSE_MILLIS);
            present = now();
        }
        return present;
    }

    /** Whether it is no more than another, two threads, two sockets and 16 MB aside. */
    boolean isWithin(Footprint other) {
        return hasLetGo(other) && heap <= other.heap + MORE_HEAP;
    }

    private boolean hasLetGo(Footprint other) {
        return threads <= other.threads + MORE_THREADS && sockets <= other.sockets + MORE_SOCKETS;
    }

    /** What it is more than another. */
    String over(Footprint other) {
        return "threads %+d, sockets %+d, heap %+.1f MB"
                .formatted(threads - other.threads, sockets - other.sockets, (heap - other.heap) / (double) (1 << 20));
    }

    private static long countSockets() {
        if (!Files.isDirectory(FILES)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(FILES)) {
            List<Path> open = all.toList();
            return open.stream().filter(Footprint::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            // The file that lists the directory is closed by now.
            return false;
        }
    }
}
