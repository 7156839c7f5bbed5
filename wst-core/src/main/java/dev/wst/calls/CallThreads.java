package dev.wst.calls;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where calls run that block until somebody else answers: each at once and on a thread that does nothing else meanwhile. */
final class CallThreads {
    private static final long IDLE_SECONDS = 2;

    private CallThreads() {}

    /** Daemon threads that are lent to the next call, since starting one takes longer than all else; idle ones end soon. */
    static Executor platform() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "wst-student");
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
