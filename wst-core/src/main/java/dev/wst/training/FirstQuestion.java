package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Task;
import dev.wst.evaluation.Examiner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One question to the student before the teacher writes its first instruction: a wrong address, key or model name ends a run
 * there, and not after a step's work.
 */
final class FirstQuestion {
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Examiner examiner;
    private final Pauses pauses;

    FirstQuestion(Examiner examiner, Pauses pauses) {
        this.examiner = examiner;
        this.pauses = pauses;
    }

    /**
     * Asks, without an instruction, and again where the failure may have been a chance one.
     *
     * @throws TrainingException if the student cannot be reached, does not know the caller or the model
     */
    void ask(List<Task> tasks) {
        for (int tried = 1; ; tried++) {
            Task task = tasks.get((tried - 1) % tasks.size());
            Optional<Answer.Failure> failure = answer(task).failure().filter(FirstQuestion::isFault);
            if (failure.isEmpty()) {
                return;
            }
            if (tried == TRIES || failure.get().kind() != Answer.FailureKind.ERROR) {
                throw new TrainingException("the student did not answer a first question ("
                        + failure.get().kind() + "): "
                        + FailedAnswers.oneLine(failure.get().message())
                        + "; no instruction was written and nothing was trained");
            }
            Interruption.pause(pauses, PAUSE, "before the second try of a first question");
        }
    }

    private Answer answer(Task task) {
        return examiner.answer(List.of(new Advice(Attempt.at(task, 0), Instruction.none())))
                .get(0)
                .answer();
    }

    /** A student that is slow, busy or cannot answer a bare question is there all the same. */
    private static boolean isFault(Answer.Failure failure) {
        return switch (failure.kind()) {
            case AUTHENTICATION, NOT_FOUND, ERROR -> true;
            case TIMEOUT, RATE_LIMIT, INVALID_REQUEST, EMPTY, CONTENT_FILTER -> false;
        };
    }
}
