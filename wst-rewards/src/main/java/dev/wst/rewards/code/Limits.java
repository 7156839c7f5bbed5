package dev.wst.rewards.code;

import java.time.Duration;

/**
 * What one program may use.
 *
 * <pre>{@code
 * PythonExecutor python = PythonExecutor.builder()
 *         .limits(Limits.defaults().withWallClock(Duration.ofSeconds(3)).withMemoryBytes(256L << 20))
 *         .build();
 * }</pre>
 *
 * @param wallClock for loading and all tests together; default 10 seconds
 * @param cpu processor time of the candidate's process, whole seconds; default 10
 * @param memoryBytes address space; at least 64 MB; default 512 MB. The tests have as much for themselves, and 32 times the
 *     reply bytes, in a process of their own
 * @param replyBytes the longest value that may come back from one call, as sent; default 8 MB
 * @param scratchBytes the largest file, and all files together where {@link Barrier#SCRATCH_QUOTA} is in force; default 16
 *     MB. What a program prints is thrown away and counts against its memory only
 */
public record Limits(Duration wallClock, Duration cpu, long memoryBytes, int replyBytes, long scratchBytes) {
    private static final long LEAST_MEMORY = 64L << 20;

    public Limits {
        atLeast("wall-clock milliseconds", wallClock.toMillis(), 1);
        atLeast("CPU seconds", cpu.toSeconds(), 1);
        atLeast("memory bytes", memoryBytes, LEAST_MEMORY);
        atLeast("reply bytes", replyBytes, 1);
        atLeast("scratch bytes", scratchBytes, 0);
    }

    /** The defaults. */
    public static Limits defaults() {
        return new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), 512L << 20, 8 << 20, 16L << 20);
    }

    public Limits withWallClock(Duration limit) {
        return new Limits(limit, cpu, memoryBytes, replyBytes, scratchBytes);
    }

    public Limits withCpu(Duration limit) {
        return new Limits(wallClock, limit, memoryBytes, replyBytes, scratchBytes);
    }

    public Limits withMemoryBytes(long limit) {
        return new Limits(wallClock, cpu, limit, replyBytes, scratchBytes);
    }

    public Limits withReplyBytes(int limit) {
        return new Limits(wallClock, cpu, memoryBytes, limit, scratchBytes);
    }

    public Limits withScratchBytes(long limit) {
        return new Limits(wallClock, cpu, memoryBytes, replyBytes, limit);
    }

    private static void atLeast(String what, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", got " + value);
        }
    }
}
