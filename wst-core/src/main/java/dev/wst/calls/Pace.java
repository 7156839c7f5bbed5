package dev.wst.calls;

import java.time.Duration;

/**
 * Spreads calls evenly over time, so that no minute has more requests or tokens than allowed. Resilience4j's rate limiter lets
 * a whole period's calls go at once at its start, and by its own clock.
 */
final class Pace {
    private static final double MINUTE = Duration.ofMinutes(1).toNanos();

    private final Scheduler scheduler;
    private final double nanosForRequest;
    private final double nanosForToken;
    private double nextRequest;
    private double nextToken;

    /** Zero where something is not limited. */
    Pace(CallLimits limits, Scheduler scheduler) {
        this.scheduler = scheduler;
        nanosForRequest = limits.requestsPerMinute().isPresent()
                ? MINUTE / limits.requestsPerMinute().getAsInt()
                : 0;
        nanosForToken = limits.tokensPerMinute().isPresent()
                ? MINUTE / limits.tokensPerMinute().getAsLong()
                : 0;
        nextRequest = scheduler.nanos();
        nextToken = nextRequest;
    }

    boolean countsTokens() {
        return nanosForToken > 0;
    }

    /**
     * Takes the next free moment for a call.
     *
     * @param tokens that it may take
     * @return how long it is until then
     */
    synchronized Duration reserve(long tokens) {
        double now = scheduler.nanos();
        double start = Math.max(now, Math.max(nextRequest, nextToken));
        nextRequest = start + nanosForRequest;
        nextToken = start + tokens * nanosForToken;
        return Duration.ofNanos((long) Math.ceil(start - now));
    }

    /** Gives back what a call reserved and did not take. */
    synchronized void settle(long reserved, long taken) {
        nextToken -= (reserved - taken) * nanosForToken;
    }
}
