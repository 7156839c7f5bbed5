package dev.wst.calls;

import dev.wst.Attempt;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Attempts as a reward reads them, one after the other: it knows which was taken up last and when, so that a reward which
 * never returns can be named, and how long each took.
 */
final class TakenUp extends AbstractList<Attempt> implements RandomAccess {
    private final List<Attempt> attempts;
    private final List<Judging> judged = new ArrayList<>();
    private int present = -1;
    private long since = System.nanoTime();

    /** An attempt, and how long it was until the next was taken up. */
    record Judging(Attempt attempt, Duration time) {}

    TakenUp(List<Attempt> attempts) {
        this.attempts = attempts;
    }

    @Override
    public Attempt get(int index) {
        takeUp(index);
        return attempts.get(index);
    }

    @Override
    public int size() {
        return attempts.size();
    }

    private synchronized void takeUp(int index) {
        long now = System.nanoTime();
        if (present >= 0) {
            judged.add(new Judging(attempts.get(present), Duration.ofNanos(now - since)));
        }
        present = index;
        since = now;
    }

    /** What it is at: the attempt taken up last, the first of all before that. */
    synchronized Judging now() {
        return new Judging(attempts.get(Math.max(present, 0)), Duration.ofNanos(System.nanoTime() - since));
    }

    /** Attempts that took longer than this, the last one until now. */
    synchronized List<Judging> slowerThan(Duration limit) {
        List<Judging> slow = new ArrayList<>(judged);
        slow.add(now());
        slow.removeIf(one -> one.time().compareTo(limit) <= 0);
        return slow;
    }
}
