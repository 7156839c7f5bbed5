package dev.wst.engine.tensor.host;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Splits row loops over threads. What a row computes does not depend on the split, so results do not depend on the
 * number of threads.
 */
public final class RowPool implements AutoCloseable {
    private final int threads;
    private final ExecutorService workers;

    /** Work on rows {@code from .. to - 1}. */
    public interface Rows {
        void run(int from, int to);
    }

    public RowPool(int threads) {
        this.threads = threads;
        this.workers = Executors.newFixedThreadPool(Math.max(1, threads - 1), work -> {
            Thread thread = new Thread(work, "wst-kernels");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Runs the loop, split if it is large.
     *
     * @param rows how many rows
     * @param costOfRow numbers touched in a row: small loops stay on the calling thread
     */
    public void forEach(int rows, long costOfRow, Rows work) {
        int parts = (int) Math.min(Math.min(threads, rows), rows * costOfRow / 200_000);
        if (parts < 2) {
            work.run(0, rows);
            return;
        }
        CountDownLatch done = new CountDownLatch(parts - 1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        for (int part = 1; part < parts; part++) {
            int from = (int) ((long) rows * part / parts);
            int to = (int) ((long) rows * (part + 1) / parts);
            workers.execute(() -> {
                try {
                    work.run(from, to);
                } catch (Throwable e) {
                    failure.set(e);
                } finally {
                    done.countDown();
                }
            });
        }
        try {
            work.run(0, (int) ((long) rows / parts));
        } finally {
            // Also when this share fails: the memory that the others write may be freed as soon as this returns.
            awaitUninterruptibly(done);
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("a kernel failed on a worker thread", thrown);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
