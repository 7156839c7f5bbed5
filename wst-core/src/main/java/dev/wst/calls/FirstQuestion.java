package dev.wst.calls;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.InterruptedRunException;
import dev.wst.InvalidInputException;
import dev.wst.Task;
import dev.wst.UnavailableException;
import dev.wst.WstException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One question to the student before anything else is done; see {@link StudentCalls#askFirst}. */
record FirstQuestion(StudentCalls student, Optional<String> name, Consumer<Duration> pauses) {
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * Asks, without an instruction, and again where the failure may have been a chance one.
     *
     * @throws UnavailableException if the student cannot be reached
     * @throws InvalidInputException if it does not know the caller or the model
     */
    void ask(List<Task> tasks) {
        for (int tried = 1; ; tried++) {
            Advice bare = Advice.of(tasks.get((tried - 1) % tasks.size()), Instruction.none());
            Optional<Answer.Failure> failure =
                    student.answer(List.of(bare)).get(0).failure().filter(FirstQuestion::isFault);
            if (failure.isEmpty()) {
                return;
            }
            if (tried == TRIES || !failure.get().kind().isTemporary()) {
                throw gone(failure.get());
            }
            InterruptedRunException.check("before the second try of a first question");
            pauses.accept(PAUSE);
        }
    }

    private WstException gone(Answer.Failure failure) {
        String message = "the student" + name.map(one -> " " + one).orElse("") + " did not answer a first question ("
                + failure.kind() + "): " + FailedAnswers.oneLine(failure.message()) + "; nothing else was done";
        return failure.kind().isTemporary() ? new UnavailableException(message) : new InvalidInputException(message);
    }

    /** A student that is slow, busy or cannot answer a bare question is there all the same. */
    private static boolean isFault(Answer.Failure failure) {
        return switch (failure.kind()) {
            case AUTHENTICATION, NOT_FOUND, OVERLOADED, UNREACHABLE, BROKEN_OFF, ERROR -> true;
            case TIMEOUT, RATE_LIMIT, INVALID_REQUEST, EMPTY, CONTENT_FILTER -> false;
        };
    }
}
