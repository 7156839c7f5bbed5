package dev.wst.budget;

import dev.wst.EnvironmentException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A journal in a small file of its own, for one process at a time.
 *
 * <pre>{@code
 * try (JournalFile journal = JournalFile.open(Path.of("runs/gsm8k/spent.txt"))) {
 *     Ledger ledger = Ledger.of(Budget.unlimited().withCalls(10_000), journal);
 * }
 * }</pre>
 *
 * <p>It has two lines, written in turn, each a total with a checksum: a process that is killed while it writes one leaves the
 * other. After a power cut the totals of the last seconds may be missing.
 */
public final class JournalFile implements Journal, AutoCloseable {
    private static final int LINES = 2;

    private final Path path;
    // Not a channel: an interrupt closes those, and calls whose time is up are interrupted.
    private final RandomAccessFile file;
    private Optional<NotedTotal> last;

    private JournalFile(Path path, RandomAccessFile file, Optional<NotedTotal> last) {
        this.path = path;
        this.file = file;
        this.last = last;
    }

    /**
     * Opens a file, or creates it in a directory that is there.
     *
     * @throws EnvironmentException if it is damaged or cannot be read and written
     */
    public static JournalFile open(Path path) {
        try {
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            try {
                return new JournalFile(path, file, newest(path, file));
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EnvironmentException("the journal of what was spent, " + path + ", cannot be opened: " + e, e);
        }
    }

    private static Optional<NotedTotal> newest(Path path, RandomAccessFile file) throws IOException {
        byte[] bytes = new byte[(int) Math.min(file.length(), LINES * NotedTotal.BYTES)];
        file.readFully(bytes);
        Optional<NotedTotal> newest = IntStream.range(0, bytes.length / NotedTotal.BYTES)
                .mapToObj(i -> new String(bytes, i * NotedTotal.BYTES, NotedTotal.BYTES, StandardCharsets.ISO_8859_1))
                .flatMap(line -> NotedTotal.read(line).stream())
                .max(Comparator.comparingLong(NotedTotal::number));
        if (newest.isEmpty() && bytes.length > 0) {
            throw new EnvironmentException("the journal of what was spent, " + path
                    + ", is damaged; look up at your provider what was paid, move the file away and lower the budget by"
                    + " that");
        }
        return newest;
    }

    @Override
    public synchronized Optional<Spent> last() {
        return last.map(NotedTotal::total);
    }

    @Override
    public synchronized void note(Spent total) {
        NotedTotal next = new NotedTotal(last.map(NotedTotal::number).orElse(0L) + 1, total);
        try {
            file.seek(next.number() % LINES * NotedTotal.BYTES);
            file.write(next.line());
        } catch (IOException e) {
            throw new EnvironmentException("the journal of what was spent, " + path + ", cannot be written: " + e, e);
        }
        last = Optional.of(next);
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new EnvironmentException("the journal of what was spent, " + path + ", cannot be closed: " + e, e);
        }
    }
}
