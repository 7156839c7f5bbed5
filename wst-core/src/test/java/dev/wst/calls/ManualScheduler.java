package dev.wst.calls;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Time that passes when a test says so. */
final class ManualScheduler implements Scheduler {
    private final Queue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private long now = 1_000_000_000_000L;
    private long number;

    private record Due(long at, long number, Runnable task) {}

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized void after(Duration pause, Runnable task) {
        due.add(new Due(now + pause.toNanos(), number++, task));
    }

    /** Lets time pass, and does what falls due in it. */
    void pass(Duration time) {
        long end = nanos() + time.toNanos();
        for (Due next = next(end); next != null; next = next(end)) {
            next.task().run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized @Nullable Due next(long end) {
        Due next = due.peek();
        if (next == null || next.at() > end) {
            return null;
        }
        now = next.at();
        return due.remove();
    }

    synchronized boolean isIdle() {
        return due.isEmpty();
    }
}
