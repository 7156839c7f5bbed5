package dev.wst.calls;

import dev.wst.Advice;
import dev.wst.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One question until it is answered or not to be tried again. Its pauses hold neither a place nor a thread. */
final class Question {
    private final Advice advice;
    private final StudentTries tries;
    private final Retries retries;
    private final Scheduler scheduler;
    private final CompletableFuture<Answer> outcome = new CompletableFuture<>();
    private int tried;
    private long firstFailure;

    Question(Advice advice, StudentTries tries, Retries retries, Scheduler scheduler) {
        this.advice = advice;
        this.tries = tries;
        this.retries = retries;
        this.scheduler = scheduler;
    }

    /** The answer, or the failure of the last try. */
    CompletableFuture<Answer> ask() {
        attempt();
        return outcome;
    }

    private void attempt() {
        var unused = tries.ask(advice, tried > 0).thenAccept(this::settle);
    }

    private void settle(Answer answer) {
        tried++;
        long now = scheduler.nanos();
        if (tried == 1) {
            firstFailure = now;
        }
        Optional<Duration> pause = retries.pause(tried, answer, Duration.ofNanos(now - firstFailure));
        pause.ifPresentOrElse(time -> scheduler.after(time, this::attempt), () -> outcome.complete(answer));
    }
}
