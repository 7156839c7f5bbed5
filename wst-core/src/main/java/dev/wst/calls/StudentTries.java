package dev.wst.calls;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.StudentClient;
import dev.wst.WstException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a question to a student once, for the questions of one batch: whatever comes of it is an answer or a failed one. */
final class StudentTries {
    private final StudentClient student;
    private final Duration timeout;
    private final Throttle throttle;
    private final Breaker breaker;
    private final Executor threads;
    private final Queue<StudentCall> calls = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    StudentTries(StudentClient student, Duration timeout, Throttle throttle, Breaker breaker, Executor threads) {
        this.student = student;
        this.timeout = timeout;
        this.throttle = throttle;
        this.breaker = breaker;
        this.threads = threads;
    }

    Breaker breaker() {
        return breaker;
    }

    /**
     * Asks once; after {@link #stop} nothing is asked and nothing comes.
     *
     * @param again whether it came before: then it does not queue behind all who did not
     * @return empty if the student was to be left alone
     */
    CompletableFuture<Optional<Answer>> ask(Advice advice, boolean again) {
        CompletableFuture<Optional<Answer>> outcome = new CompletableFuture<>();
        throttle.enter(again, leave -> enter(advice, leave, outcome));
        return outcome;
    }

    private void enter(Advice advice, Runnable leave, CompletableFuture<Optional<Answer>> outcome) {
        if (stopped) {
            leave.run();
        } else if (breaker.admits()) {
            long tokens = throttle.countsTokens() ? tokens(advice) : 0;
            throttle.atPace(tokens, () -> call(advice, tokens, leave, outcome));
        } else {
            leave.run();
            outcome.complete(Optional.empty());
        }
    }

    private void call(Advice advice, long tokens, Runnable leave, CompletableFuture<Optional<Answer>> outcome) {
        StudentCall call = new StudentCall(() -> student.answer(advice), timeout);
        calls.add(call);
        if (stopped) {
            leave.run();
            return;
        }
        long begun = throttle.nanos();
        var unused = call.answer().handle(this::settled).thenAccept(answer -> {
            breaker.heard(answer, begun);
            throttle.heard(answer, begun, tokens);
            outcome.complete(Optional.of(answer));
        });
        call.whenEnded(leave);
        call.begin(threads);
    }

    /** The most tokens of the question: no tokenizer makes more of a text than its bytes. */
    private static long tokens(Advice advice) {
        Stream<String> earlier = advice.situation().earlier().stream()
                .flatMap(attempt ->
                        Stream.of(attempt.instruction().text(), attempt.answer().text()));
        Stream<String> now =
                Stream.of(advice.task().prompt(), advice.instruction().text());
        return Stream.concat(earlier, now)
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private Answer settled(@Nullable Answer answer, @Nullable Throwable failure) {
        if (failure == null) {
            return arrived(answer);
        }
        Throwable cause = WstException.causeOf(failure);
        return cause instanceof TimeoutException
                ? Answer.failed(Answer.FailureKind.TIMEOUT, "no answer within " + timeout)
                : Answer.failed(Answer.FailureKind.ERROR, cause.toString());
    }

    /** What a student gave, held to its contract. */
    static Answer arrived(@Nullable Answer answer) {
        if (answer == null) {
            return Answer.failed(Answer.FailureKind.EMPTY, "the student returned null");
        }
        if (answer.hasArrived() && answer.text().isBlank()) {
            return Answer.failed(Answer.FailureKind.EMPTY, "the student answered with a blank text");
        }
        return answer;
    }

    /** Interrupts the calls under way, and makes no more. */
    void stop() {
        stopped = true;
        calls.forEach(StudentCall::stop);
    }

    /** Waits until no call is under way. */
    void awaitEnd() throws InterruptedException {
        for (StudentCall call : calls) {
            call.awaitEnd();
        }
    }
}
