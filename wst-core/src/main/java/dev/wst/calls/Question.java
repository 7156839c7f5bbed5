package dev.wst.calls;

import dev.wst.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** One question until it is answered or not to be tried again. Its pauses hold neither a place nor a thread. */
final class Question {
    private final Asked asked;
    private final StudentTries tries;
    private final Retries retries;
    private final Scheduler scheduler;
    private final CompletableFuture<Answer> outcome = new CompletableFuture<>();
    private OptionalLong firstFailure = OptionalLong.empty();
    private int failures;
    private int outages;

    Question(Asked asked, StudentTries tries, Retries retries, Scheduler scheduler) {
        this.asked = asked;
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
        var unused = tries.ask(asked, firstFailure.isPresent())
                .thenAccept(came -> came.ifPresentOrElse(this::tried, this::refused));
    }

    /** Tries that the connection undid are counted by themselves: they say nothing of how often others fail. */
    private void tried(Answer answer) {
        boolean isOutage = answer.failure().filter(one -> one.kind().isOutage()).isPresent();
        int tried = isOutage ? ++outages : ++failures;
        goOn(retries.pause(tried, answer, sinceFirstFailure()), answer);
    }

    /** Nobody was asked. A student that answered others is waited for; without any sign of it the refusals count as tries. */
    private void refused() {
        if (tries.breaker().hasAnswered()) {
            goOn(
                    retries.within(Breaker.PAUSE, sinceFirstFailure()),
                    tries.breaker().refusal());
        } else {
            tried(tries.breaker().refusal());
        }
    }

    private Duration sinceFirstFailure() {
        long now = scheduler.nanos();
        if (firstFailure.isEmpty()) {
            firstFailure = OptionalLong.of(now);
        }
        return Duration.ofNanos(now - firstFailure.getAsLong());
    }

    private void goOn(Optional<Duration> pause, Answer answer) {
        pause.ifPresentOrElse(time -> scheduler.after(time, this::attempt), () -> outcome.complete(answer));
    }
}
