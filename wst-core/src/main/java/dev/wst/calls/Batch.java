package dev.wst.calls;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.InterruptedRunException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** The questions of one batch, put side by side. */
final class Batch {
    private final StudentTries tries;
    private final List<CompletableFuture<Answer>> pending;

    /**
     * @param tries of this batch alone
     * @param ask begins a question and never blocks
     */
    Batch(List<Advice> questions, StudentTries tries, Function<Advice, CompletableFuture<Answer>> ask) {
        this.tries = tries;
        this.pending = questions.stream().map(ask).toList();
    }

    /**
     * One answer for each question, in order; none of the calls is under way then.
     *
     * @throws InterruptedRunException if the calling thread is interrupted; the calls are then stopped
     */
    List<Answer> await() {
        try {
            List<Answer> answers = new ArrayList<>();
            for (CompletableFuture<Answer> one : pending) {
                answers.add(one.get());
            }
            tries.awaitEnd();
            return answers;
        } catch (InterruptedException e) {
            tries.stop();
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while waiting for the student");
        } catch (ExecutionException e) {
            throw new IllegalStateException("what a question comes to cannot fail", e);
        }
    }
}
