package dev.wst.rewards.preference;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.StudentClient;
import dev.wst.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What a student answers without instruction, asked once for each task; a failure is asked for again next time. */
final class UninstructedAnswers {
    private final StudentClient student;
    private final Executor executor;
    private final Duration timeout;
    private final Map<Task, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();

    UninstructedAnswers(StudentClient student, Executor executor, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time-out must be positive, got " + timeout);
        }
        this.student = Objects.requireNonNull(student, "student");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.timeout = timeout;
    }

    /** The answer, or a failed one; never an exception. */
    CompletableFuture<Answer> answer(Task task) {
        CompletableFuture<Answer> mine = new CompletableFuture<>();
        CompletableFuture<Answer> earlier = answers.putIfAbsent(task, mine);
        if (earlier != null) {
            return earlier;
        }
        CompletableFuture<Void> unused = ask(task)
                .handle(UninstructedAnswers::settled)
                .thenAccept(answer -> {
                    if (!answer.hasArrived()) {
                        answers.remove(task, mine);
                    }
                    mine.complete(answer);
                });
        return mine;
    }

    private CompletableFuture<Answer> ask(Task task) {
        List<Advice> question = List.of(new Advice(Attempt.at(task, 0), Instruction.none()));
        try {
            return CompletableFuture.supplyAsync(
                    () -> student.answerAll(question, 1, timeout).get(0), executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Answer settled(@Nullable Answer answer, @Nullable Throwable failure) {
        return answer != null ? answer : Answer.failed(Answer.FailureKind.ERROR, String.valueOf(failure));
    }
}
