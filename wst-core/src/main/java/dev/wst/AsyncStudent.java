package dev.wst;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/** A student made from an asynchronous client. */
record AsyncStudent(BiFunction<Task, Instruction, CompletionStage<Answer>> client) implements StudentClient {
    @Override
    public Answer answer(Task task, Instruction instruction) {
        return client.apply(task, instruction).toCompletableFuture().join();
    }

    @Override
    public CompletionStage<Answer> answerAsync(Advice advice, Executor executor) {
        return client.apply(advice.task(), advice.instruction());
    }
}
