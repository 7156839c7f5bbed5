package dev.wst.calls;

import dev.wst.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** When a call may begin: when there is a place for it, and so many requests and tokens a minute. Nobody blocks meanwhile. */
final class Throttle {
    private final Scheduler scheduler;
    private final Optional<AdaptiveConcurrency> adaptive;
    private final CallGate gate;
    private final Pace pace;

    Throttle(CallLimits limits, Scheduler scheduler) {
        this.scheduler = scheduler;
        this.adaptive = limits.adaptiveConcurrency()
                ? Optional.of(new AdaptiveConcurrency(limits.concurrency(), scheduler))
                : Optional.empty();
        this.gate = adaptive.map(CallGate::new).orElseGet(() -> new CallGate(limits.concurrency()));
        this.pace = new Pace(limits, scheduler);
    }

    /** See {@link CallGate#enter}. */
    void enter(boolean first, Consumer<Runnable> begin) {
        gate.enter(first, begin);
    }

    /** Whether it matters how many tokens a call may take. */
    boolean countsTokens() {
        return pace.countsTokens();
    }

    /**
     * Makes a call when its minute has room for it; it keeps its place until then, since no other could go before it.
     *
     * @param tokens that it may take
     * @param call throws nothing
     */
    void atPace(long tokens, Runnable call) {
        Duration wait = pace.reserve(tokens);
        if (wait.isZero()) {
            call.run();
        } else {
            scheduler.after(wait, call);
        }
    }

    long nanos() {
        return scheduler.nanos();
    }

    /**
     * What became of a call.
     *
     * @param begun when it was made, by {@link #nanos}
     * @param tokens that it might take
     */
    void heard(Answer answer, long begun, long tokens) {
        adaptive.ifPresent(places -> places.heard(answer, begun));
        if (answer.inputTokens().isPresent() && answer.outputTokens().isPresent()) {
            pace.settle(
                    tokens,
                    (long) answer.inputTokens().getAsInt()
                            + answer.outputTokens().getAsInt());
        }
    }
}
