package dev.wst.calls;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.StudentClient;
import dev.wst.WstException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Puts a question to a student once, for the questions of one batch: whatever comes of it is an answer or a failed one. */
final class StudentTries {
    private final StudentClient student;
    private final Duration timeout;
    private final CallGate gate;
    private final Executor threads;
    private final Queue<StudentCall> calls = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    StudentTries(StudentClient student, Duration timeout, CallGate gate, Executor threads) {
        this.student = student;
        this.timeout = timeout;
        this.gate = gate;
        this.threads = threads;
    }

    /**
     * Asks once; after {@link #stop} nothing is asked and nothing comes.
     *
     * @param again whether it was asked before: then it does not queue behind all who were not
     */
    CompletableFuture<Answer> ask(Advice advice, boolean again) {
        CompletableFuture<Answer> outcome = new CompletableFuture<>();
        gate.enter(again, leave -> begin(advice, leave, outcome));
        return outcome;
    }

    private void begin(Advice advice, Runnable leave, CompletableFuture<Answer> outcome) {
        StudentCall call = new StudentCall(() -> student.answer(advice), timeout);
        calls.add(call);
        if (stopped) {
            leave.run();
            return;
        }
        call.whenEnded(leave);
        var unused = call.begin(threads).handle(this::settled).thenAccept(outcome::complete);
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
