package dev.wst.serving;

import dev.wst.ClosedException;
import dev.wst.Instruction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions that wait for a teacher's turn: one thread takes all that wait for the same version, up to the largest batch, and has
 * them written together; a batch that fails, in halves. A question that is asked again while it waits or is being written is written
 * once; one for which nobody waits any more is not written.
 *
 * @param <V> what a question is to be written with
 */
final class WritingQueue<V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WritingQueue.class);

    /**
     * Those who were just answered ask again at once when an app is busy. A batch waits for as many as they were, this share of the
     * time that the last one took, so that it is not left half empty; alone, two groups of callers take turns and each waits for
     * both.
     */
    private static final int SHARE_WAITED = 50;

    private final Writer<V> writer;
    private final int largestBatch;
    private final long mostWaited;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private final Map<Key<V>, Asked<V>> underWay = new HashMap<>();
    /** Questions that may be there soon: those that waited when a batch was written, and as many as it had. */
    private int expected;

    private boolean closed;

    /** Writes a batch. */
    @FunctionalInterface
    interface Writer<V> {
        /** One for each question, in order; empty for a question that is too long. */
        List<Optional<Instruction>> write(V version, List<String> questions);
    }

    /**
     * An answer of the queue.
     *
     * @param instruction empty if the question was too long
     */
    record Written<V>(V version, Optional<Instruction> instruction) {}

    private record Key<V>(V version, String question) {}

    private sealed interface Entry {}

    private record Afterwards(Runnable action) implements Entry {}

    private static final class Asked<V> implements Entry {
        private final Key<V> key;
        private final CompletableFuture<Written<V>> written = new CompletableFuture<>();
        private int callers;

        private Asked(Key<V> key) {
            this.key = key;
        }
    }

    /**
     * Starts the thread.
     *
     * @param mostWaited for questions that may be there soon
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    WritingQueue(Writer<V> writer, int largestBatch, Duration mostWaited, LongSupplier nanoTime) {
        this.writer = writer;
        this.largestBatch = largestBatch;
        this.mostWaited = TimeUnit.NANOSECONDS.convert(mostWaited);
        this.nanoTime = nanoTime;
        this.thread = new Thread(this::runToItsEnd, "wst-served-teacher");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until a question is written.
     *
     * @param version asked for at the moment that the question gets its place
     * @throws TimeoutException if that takes longer than {@code within}
     * @throws ExecutionException if writing failed
     * @throws ClosedException if the queue is closed
     */
    Written<V> ask(Supplier<V> version, String question, Duration within)
            throws InterruptedException, TimeoutException, ExecutionException {
        Asked<V> asked = join(version, question);
        try {
            return asked.written.get(TimeUnit.NANOSECONDS.convert(within), TimeUnit.NANOSECONDS);
        } finally {
            exclusively(() -> asked.callers--);
        }
    }

    /**
     * Waits until all questions are written, however long that takes.
     *
     * @return one for each question, in order
     * @throws ExecutionException if writing one of them failed
     * @throws ClosedException if the queue is closed
     */
    List<Written<V>> askAll(Supplier<V> version, List<String> questions)
            throws InterruptedException, ExecutionException {
        List<Asked<V>> all = new ArrayList<>();
        try {
            questions.forEach(question -> all.add(join(version, question)));
            List<Written<V>> written = new ArrayList<>();
            for (Asked<V> asked : all) {
                written.add(asked.written.get());
            }
            return written;
        } finally {
            exclusively(() -> all.forEach(asked -> asked.callers--));
        }
    }

    private Asked<V> join(Supplier<V> version, String question) {
        lock.lock();
        try {
            requireOpen();
            Key<V> key = new Key<>(version.get(), question);
            Asked<V> asked = underWay.get(key);
            if (asked == null) {
                asked = new Asked<>(key);
                underWay.put(key, asked);
                waiting.add(asked);
                changed.signalAll();
            }
            asked.callers++;
            return asked;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("the served teacher is closed");
        }
    }

    /**
     * Changes something at once, and does something else when all questions have been written that got their place before.
     *
     * @param now gives what is done afterwards
     * @throws ClosedException if the queue is closed; nothing is changed then
     */
    void change(Supplier<Runnable> now) {
        exclusively(() -> {
            requireOpen();
            waiting.add(new Afterwards(now.get()));
            changed.signalAll();
        });
    }

    /** Does something when all questions have been written that got their place before; at once if the queue is closed. */
    void afterwards(Runnable action) {
        boolean queued = locked(() -> {
            if (!closed) {
                waiting.add(new Afterwards(action));
                changed.signalAll();
            }
            return !closed;
        });
        if (!queued) {
            action.run();
        }
    }

    /** How many callers wait for a question, written or not. */
    int callers() {
        return locked(() ->
                underWay.values().stream().mapToInt(asked -> asked.callers).sum());
    }

    /** Whatever ends the thread, nobody waits for it any more. */
    private void runToItsEnd() {
        try {
            run();
        } catch (Throwable failure) {
            List<Asked<V>> asked = new ArrayList<>();
            List<Entry> left = shut(() -> asked.addAll(underWay.values()));
            asked.forEach(one -> one.written.completeExceptionally(failure));
            left.forEach(WritingQueue::settle);
            LOG.error("the served teacher is closed, since its thread failed", failure);
        }
    }

    private void run() {
        long pause = 0;
        while (true) {
            List<Asked<V>> batch = new ArrayList<>();
            Optional<Runnable> action;
            lock.lock();
            try {
                if (!awaitEntries(pause)) {
                    return;
                }
                action = next(batch);
            } finally {
                lock.unlock();
            }
            action.ifPresent(WritingQueue::perform);
            if (!batch.isEmpty()) {
                long start = nanoTime.getAsLong();
                try {
                    write(batch);
                } catch (Throwable failure) {
                    // Not even a failure could be told, as where memory has run out.
                    batch.forEach(asked -> asked.written.completeExceptionally(failure));
                }
                pause = Math.min(mostWaited, (nanoTime.getAsLong() - start) / SHARE_WAITED);
            }
        }
    }

    private static void perform(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            LOG.warn("what was to be done between two batches failed", e);
        }
    }

    /** False if there will be none. */
    private boolean awaitEntries(long pause) {
        while (waiting.isEmpty() && !closed) {
            changed.awaitUninterruptibly();
        }
        long end = nanoTime.getAsLong() + pause;
        long left = pause;
        while (left > 0 && waiting.size() < Math.min(largestBatch, expected) && !closed) {
            try {
                left = Math.min(changed.awaitNanos(left), end - nanoTime.getAsLong());
            } catch (InterruptedException e) {
                // Nobody has this thread to interrupt it.
                left = 0;
            }
        }
        return !waiting.isEmpty();
    }

    /** Takes an action from the head, or every question for the version of the first that somebody waits for. */
    private Optional<Runnable> next(List<Asked<V>> batch) {
        Iterator<Entry> entries = waiting.iterator();
        while (entries.hasNext() && batch.size() < largestBatch) {
            Entry entry = entries.next();
            if (entry instanceof Afterwards after) {
                if (batch.isEmpty()) {
                    entries.remove();
                    return Optional.of(after.action);
                }
            } else if (entry instanceof Asked<?> one) {
                @SuppressWarnings("unchecked") // only this class makes entries, and only of V
                Asked<V> asked = (Asked<V>) one;
                if (asked.callers == 0) {
                    entries.remove();
                    underWay.remove(asked.key);
                } else if (batch.isEmpty() || batch.get(0).key.version.equals(asked.key.version)) {
                    entries.remove();
                    batch.add(asked);
                }
            }
        }
        return Optional.empty();
    }

    private void write(List<Asked<V>> batch) {
        try {
            List<Optional<Instruction>> written = writer.write(
                    batch.get(0).key.version,
                    batch.stream().map(asked -> asked.key.question).toList());
            finish(batch);
            for (int i = 0; i < batch.size(); i++) {
                Asked<V> asked = batch.get(i);
                asked.written.complete(new Written<>(asked.key.version, written.get(i)));
            }
        } catch (Throwable failure) {
            if (batch.size() > 1 && mayBeOfSome(failure)) {
                write(batch.subList(0, batch.size() / 2));
                write(batch.subList(batch.size() / 2, batch.size()));
            } else {
                finish(batch);
                batch.forEach(asked -> asked.written.completeExceptionally(failure));
            }
        }
    }

    /** Whether fewer might not have failed: one question may have failed the others, or all together not fit into memory. */
    private static boolean mayBeOfSome(Throwable failure) {
        return failure instanceof RuntimeException || failure instanceof OutOfMemoryError;
    }

    /** Before anybody is answered, since who is may ask again at once. */
    private void finish(List<Asked<V>> batch) {
        exclusively(() -> {
            batch.forEach(asked -> underWay.remove(asked.key, asked));
            expected = batch.size() + waiting.size();
        });
    }

    private void exclusively(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** Reads or changes what {@link #ask} and {@link #change} see, between two of their calls. */
    <T> T locked(Supplier<T> call) {
        lock.lock();
        try {
            return call.get();
        } finally {
            lock.unlock();
        }
    }

    /** Ends after the batch under way; whoever still waits gets a {@link ClosedException}. Does nothing a second time. */
    @Override
    public void close() {
        List<Entry> left = shut(() -> {});
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        left.forEach(WritingQueue::settle);
    }

    /**
     * Takes nothing more.
     *
     * @param also is done at the same moment
     * @return what waited
     */
    private List<Entry> shut(Runnable also) {
        return locked(() -> {
            closed = true;
            List<Entry> left = new ArrayList<>(waiting);
            waiting.clear();
            changed.signalAll();
            also.run();
            return left;
        });
    }

    private static void settle(Entry left) {
        if (left instanceof Afterwards after) {
            perform(after.action);
        } else if (left instanceof Asked<?> asked) {
            asked.written.completeExceptionally(new ClosedException("the served teacher is closed"));
        }
    }
}
