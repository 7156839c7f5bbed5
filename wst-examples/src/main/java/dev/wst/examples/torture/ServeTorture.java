package dev.wst.examples.torture;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A served teacher under mixed load. */
@Command(
        name = "serve",
        description =
                "Callers that ask in this process, streamed and over HTTP, that cancel, that do not wait, whose student"
                        + " fails, while the teacher is replaced again and again. Each must get the answer to its own question, with the"
                        + " instruction that the teacher it was taught by writes for it alone, or the failure that is its own; threads,"
                        + " sockets and memory must return to where they were (two threads, two sockets, 16 MB of heap and 64 MB beside it"
                        + " aside).",
        mixinStandardHelpOptions = true)
public final class ServeTorture implements Callable<Integer> {
    private static final int QUESTIONS = 200;
    private static final int PARTS = 4;
    /** Kernels are compiled for the sizes of batches as they first occur, 0.25 MB each, up to 100 MB. */
    private static final long MORE_BESIDE_HEAP = 64;

    /** In a shorter run they are still being compiled in the last quarter. */
    private static final int LONG_ENOUGH = 120;

    private static final long MILLIS = 1000;
    private static final long KILOBYTES = 1024;
    private static final Path STATUS = Path.of("/proc/self/status");

    @Option(names = "--seconds", description = "of load, after a tenth as long to warm up; default ${DEFAULT-VALUE}")
    private int seconds = 600;

    @Option(names = "--callers", description = "default ${DEFAULT-VALUE}")
    private int callers = 32;

    @Option(names = "--swap-millis", description = "between two replacements; default ${DEFAULT-VALUE}")
    private int swapMillis = 10_000;

    @Option(names = "--seed", description = "of what the callers do; default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Path directory = Files.createTempDirectory("wst-torture-serve");
        try {
            TwoTeachers teachers = new TwoTeachers(directory, QUESTIONS);
            try (ServedCallers served = new ServedCallers(teachers)) {
                served.run(callers, Duration.ofSeconds(Math.max(1, seconds / 10)), Duration.ofMillis(swapMillis), seed);
                Footprint before = Footprint.now();
                List<Long> besideHeap = new ArrayList<>(List.of(megabytesBesideHeap()));
                for (int part = 1; part <= PARTS; part++) {
                    served.run(
                            callers,
                            Duration.ofMillis(MILLIS * seconds / PARTS),
                            Duration.ofMillis(swapMillis),
                            seed + part);
                    besideHeap.add(megabytesBesideHeap());
                }
                Footprint after = before.awaitReturn();
                List<Long> more = IntStream.rangeClosed(1, PARTS)
                        .mapToObj(part -> besideHeap.get(part) - besideHeap.get(part - 1))
                        .toList();
                boolean holds = served.asked() == served.ended()
                        && after.isWithin(before)
                        && (seconds < LONG_ENOUGH || more.get(PARTS - 1) <= MORE_BESIDE_HEAP);
                System.out.println("torture serve: " + served.asked() + " requests, " + served.ended()
                        + " ended as they should: " + served + "; teacher replaced " + served.swaps() + " times; "
                        + after.over(before) + ", MB beside the heap in each quarter " + more
                        + (holds ? "" : "; FAILED"));
                return holds ? 0 : 1;
            }
        } finally {
            MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    /** What the process has in memory, mostly the native libraries'; 0 where the system does not tell. */
    private static long megabytesBesideHeap() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() / KILOBYTES / KILOBYTES;
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KILOBYTES - heap)
                .findFirst()
                .orElse(0);
    }
}
