package dev.wst.calls;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The machine's time; the JDK's own thread for delays does what is due. */
final class SystemScheduler implements Scheduler {
    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void after(Duration pause, Runnable task) {
        CompletableFuture.delayedExecutor(TimeUnit.NANOSECONDS.convert(pause), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(task);
    }
}
