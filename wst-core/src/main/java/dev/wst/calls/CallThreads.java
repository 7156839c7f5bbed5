package dev.wst.calls;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where calls run that block until somebody else answers: each at once and on a thread that does nothing else meanwhile. */
final class CallThreads {
    private static final String NAME = "wst-student";
    /** JEP 491. */
    private static final int NO_PINNING = 24;

    private static final long IDLE_SECONDS = 2;

    private CallThreads() {}

    /** Virtual threads where a blocked one never keeps its carrier, from JDK 24 on; lent ones elsewhere. */
    static Executor ofThisJdk() {
        return Runtime.version().feature() >= NO_PINNING ? virtual() : platform();
    }

    private static Executor virtual() {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Object named = builder.getMethod("name", String.class)
                    .invoke(Thread.class.getMethod("ofVirtual").invoke(null), NAME);
            ThreadFactory factory = (ThreadFactory) builder.getMethod("factory").invoke(named);
            return task -> factory.newThread(task).start();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a JDK from " + NO_PINNING + " on must have virtual threads", e);
        }
    }

    /** Daemon threads that are lent to the next call, since starting one takes longer than all else; idle ones end soon. */
    private static Executor platform() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, NAME);
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
