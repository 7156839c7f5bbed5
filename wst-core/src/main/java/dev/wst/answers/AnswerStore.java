package dev.wst.answers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wst.ClosedException;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.budget.Journal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file of texts that were paid for, each under its {@link AnswerKey}.
 *
 * <pre>{@code
 * try (AnswerStore store = AnswerStore.open(Path.of("answers.sqlite"))) {
 *     AnswerKey key = AnswerKey.of("student", student.call(advice), 0);
 *     String text = store.find(key).orElseGet(() -> store.keep(key, student.answer(advice).text()));
 * }
 * }</pre>
 *
 * <p>A text is in the file when {@link #keep} returns, whatever becomes of the process; after a power cut the last ones may
 * be missing. Several threads, and several processes, may use one file. When it is full the oldest texts make room. A text that
 * is damaged on the disk is dropped and not found, never served; a file that is damaged as a whole is refused and left as it is.
 *
 * <p>The file holds answers in the clear, but no question and no key of a provider.
 */
public final class AnswerStore implements AutoCloseable {
    /** 1 GB. */
    public static final long MOST_BYTES = 1_000_000_000;

    private static final long LEAST_BYTES = 1_000_000;
    /** Characters of text that are held in memory as well. */
    private static final long CACHED = 16_000_000;
    /** What an entry takes beside its text. */
    private static final int ENTRY = 100;

    private final AnswerFile file;
    private final Cache<AnswerKey, String> recent = Caffeine.newBuilder()
            .maximumWeight(CACHED)
            .<AnswerKey, String>weigher((key, text) -> ENTRY + text.length())
            .executor(Runnable::run)
            .build();
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();

    private AnswerStore(AnswerFile file) {
        this.file = file;
    }

    /** Opens a file of at most {@link #MOST_BYTES}, or creates it. */
    public static AnswerStore open(Path file) {
        return open(file, MOST_BYTES);
    }

    /**
     * Opens a file, or creates it with its directory.
     *
     * @param mostBytes of what is kept, about; at least 1,000,000. The log beside the file may take a few megabytes more, and a
     *     file that was larger stays so, with free room in it
     * @throws InvalidInputException if it is something else, or of another version
     * @throws EnvironmentException if it is damaged or cannot be written
     */
    public static AnswerStore open(Path file, long mostBytes) {
        if (mostBytes < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "an answer store has room for at least " + LEAST_BYTES + " bytes, got " + mostBytes);
        }
        return new AnswerStore(new AnswerFile(file, mostBytes));
    }

    /**
     * The text under a key.
     *
     * @throws EnvironmentException if the file is damaged, cannot be read or is gone
     * @throws ClosedException after {@link #close}
     */
    public Optional<String> find(AnswerKey key) {
        String cached = recent.getIfPresent(key);
        Optional<String> text = cached == null ? file.find(key) : Optional.of(cached);
        text.ifPresent(found -> recent.put(key, found));
        (text.isPresent() ? hits : misses).incrementAndGet();
        return text;
    }

    /**
     * Keeps a text, unless another thread or process has kept one under the key before.
     *
     * @return what is kept under the key now: use this, so that all who ask see the same
     * @throws EnvironmentException if the file is damaged, cannot be written or is gone
     * @throws ClosedException after {@link #close}
     */
    public String keep(AnswerKey key, String text) {
        String kept = file.keep(key, text);
        recent.put(key, kept);
        return kept;
    }

    /** How often a text was found. */
    public long hits() {
        return hits.get();
    }

    /** How often none was found. */
    public long misses() {
        return misses.get();
    }

    /**
     * Where a ledger notes its total, in the same file.
     *
     * @param run whose total it is, such as the name of its directory
     */
    public Journal journal(String run) {
        return new StoredJournal(file, run);
    }

    /** Closes the file; what was kept stays. */
    @Override
    public void close() {
        file.close();
    }
}
