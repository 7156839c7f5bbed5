package dev.wst.calls;

import dev.wst.Answer;
import dev.wst.WstException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Puts a question to a student once, for the questions of one batch: whatever comes of it is an answer or a failed one. */
final class StudentTries {
    private final PaidStudent student;
    private final Duration timeout;
    private final Throttle throttle;
    private final Breaker breaker;
    private final Executor threads;
    private final Queue<StudentCall> calls = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> halted = new CompletableFuture<>();
    private volatile boolean stopped;

    StudentTries(PaidStudent student, Duration timeout, Throttle throttle, Breaker breaker, Executor threads) {
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
    CompletableFuture<Optional<Answer>> ask(Asked asked, boolean again) {
        CompletableFuture<Optional<Answer>> outcome = new CompletableFuture<>();
        throttle.enter(again, leave -> enter(asked, leave, outcome));
        return outcome;
    }

    private void enter(Asked asked, Runnable leave, CompletableFuture<Optional<Answer>> outcome) {
        if (stopped || halted.isDone()) {
            leave.run();
        } else if (breaker.admits()) {
            admit(asked, leave, outcome);
        } else {
            leave.run();
            outcome.complete(Optional.empty());
        }
    }

    private void admit(Asked asked, Runnable leave, CompletableFuture<Optional<Answer>> outcome) {
        try {
            long tokens = throttle.countsTokens() ? PaidStudent.tokens(asked) : 0;
            throttle.atPace(tokens, () -> call(asked, tokens, leave, outcome));
        } catch (RuntimeException e) {
            // A student that cannot say what a call may take: the line must go on.
            leave.run();
            outcome.complete(Optional.of(settled(null, e)));
        }
    }

    private void call(Asked asked, long tokens, Runnable leave, CompletableFuture<Optional<Answer>> outcome) {
        StudentCall call = new StudentCall(() -> student.answer(asked), timeout);
        calls.add(call);
        if (stopped || halted.isDone()) {
            call.abandon();
            leave.run();
            return;
        }
        long begun = throttle.nanos();
        var unused = call.answer().whenComplete((answer, failure) -> {
            if (failure != null && WstException.causeOf(failure) instanceof HaltException halt) {
                halted.completeExceptionally(halt);
                return;
            }
            Answer settled = settled(answer, failure);
            breaker.heard(settled, begun);
            throttle.heard(settled, begun, tokens);
            outcome.complete(Optional.of(settled));
        });
        call.whenEnded(leave);
        call.begin(threads);
    }

    private Answer settled(@Nullable Answer answer, @Nullable Throwable failure) {
        if (answer != null) {
            return answer;
        }
        Throwable cause = WstException.causeOf(Objects.requireNonNull(failure));
        return cause instanceof TimeoutException
                ? Answer.failed(Answer.FailureKind.TIMEOUT, "no answer within " + timeout)
                : PaidStudent.failed(cause);
    }

    /** Fails with a {@link HaltException} where no more can be asked. Calls under way go on then; what they bring is kept. */
    CompletableFuture<Void> halted() {
        return halted;
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
