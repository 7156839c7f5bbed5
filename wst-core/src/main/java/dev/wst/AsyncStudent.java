package dev.wst;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** A student made from an asynchronous client. */
record AsyncStudent(Function<Advice, CompletionStage<Answer>> client) implements StudentClient {
    @Override
    public Answer answer(Advice advice) {
        CompletableFuture<Answer> pending = client.apply(advice).toCompletableFuture();
        try {
            return pending.get();
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while waiting for the student");
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }
}
