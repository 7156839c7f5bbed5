package dev.wst.rewards.code;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.wst.InterruptedRunException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kills a process, with all it has started, at its deadline and when this is closed.
 *
 * @param end completes when the process has ended or was killed at its deadline
 */
record Watch(Process process, CompletableFuture<Process> end) implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;

    static Watch over(Process process, Duration limit) {
        return new Watch(
                process,
                process.onExit()
                        .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
                        .whenComplete((ended, late) -> {
                            if (late != null) {
                                kill(process);
                            }
                        }));
    }

    /**
     * The exit status; waits for it.
     *
     * @throws InterruptedRunException if the thread is interrupted meanwhile
     */
    int await() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while a program was running");
        }
    }

    /** Kills what is left and waits until it is gone. */
    @Override
    public void close() {
        for (ProcessHandle killed : kill(process)) {
            killed.onExit()
                    .completeOnTimeout(killed, PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    @CanIgnoreReturnValue
    private static List<ProcessHandle> kill(Process process) {
        // Its children are looked up before it dies, since afterwards they are no longer its own.
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        return all;
    }
}
