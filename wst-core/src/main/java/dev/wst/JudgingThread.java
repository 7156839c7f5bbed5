package dev.wst;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Judges a batch, and knows which attempt it is at: a reward that never returns can be named. */
final class JudgingThread extends Thread {
    /**
     * An attempt, and how long its judge took or has taken so far.
     *
     * @param attempt empty where the reward judges a batch in one go
     */
    record Judging(Optional<Attempt> attempt, Duration time) {}

    private final List<Judging> judged = new ArrayList<>();
    private Optional<Attempt> present = Optional.empty();
    private long since = System.nanoTime();

    JudgingThread(Runnable work) {
        super(work, "wst-reward");
        setDaemon(true);
    }

    /** Runs one attempt's judge; on a thread of this kind it is noted. */
    static <T> T judging(Attempt attempt, Supplier<T> judge) {
        if (!(Thread.currentThread() instanceof JudgingThread thread)) {
            return judge.get();
        }
        thread.begin(Optional.of(attempt));
        try {
            return judge.get();
        } finally {
            thread.end();
        }
    }

    private synchronized void begin(Optional<Attempt> attempt) {
        present = attempt;
        since = System.nanoTime();
    }

    private synchronized void end() {
        judged.add(now());
        begin(Optional.empty());
    }

    /** What it is at. */
    synchronized Judging now() {
        return new Judging(present, Duration.ofNanos(System.nanoTime() - since));
    }

    /** Attempts judged one by one that took longer than this. */
    synchronized List<Judging> slowerThan(Duration limit) {
        return judged.stream().filter(one -> one.time().compareTo(limit) > 0).toList();
    }
}
