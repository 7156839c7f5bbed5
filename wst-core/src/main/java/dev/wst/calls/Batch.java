package dev.wst.calls;

import dev.wst.Answer;
import dev.wst.InterruptedRunException;
import dev.wst.WstException;
import java.util.List;
import java.util.Optional;
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
    Batch(List<Asked> questions, StudentTries tries, Function<Asked, CompletableFuture<Answer>> ask) {
        this.tries = tries;
        this.pending = questions.stream().map(ask).toList();
    }

    /**
     * One answer for each question, in order; none of the calls is under way then.
     *
     * @throws WstException why no more can be asked, if that is so
     * @throws InterruptedRunException if the calling thread is interrupted; the calls are then stopped
     */
    List<Answer> await() {
        try {
            Optional<HaltException> halt = allOrHalt();
            tries.awaitEnd();
            if (halt.isPresent()) {
                throw halt.get().reason();
            }
            return pending.stream().map(CompletableFuture::join).toList();
        } catch (InterruptedException e) {
            tries.stop();
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while waiting for the student");
        }
    }

    /** Waits for all questions, or until no more can be asked. */
    private Optional<HaltException> allOrHalt() throws InterruptedException {
        CompletableFuture<Void> all = CompletableFuture.allOf(pending.toArray(new CompletableFuture<?>[0]));
        try {
            Object unused = CompletableFuture.anyOf(tries.halted(), all).get();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HaltException halt) {
                return Optional.of(halt);
            }
            throw new IllegalStateException("what a question comes to cannot fail", e);
        }
    }
}
