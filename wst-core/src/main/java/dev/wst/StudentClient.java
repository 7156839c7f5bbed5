package dev.wst;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * The frozen model whose answers decide the reward. A lambda will do:
 *
 * <pre>{@code
 * StudentClient student = (task, instruction) -> Answer.of(model.chat(instruction.text() + "\n" + task.prompt()));
 * }</pre>
 *
 * <p>It may throw and it may hang: the callers in this library turn both into {@link Answer#failed failed answers}.
 */
@FunctionalInterface
public interface StudentClient {

    /** Answers one question; called from several threads at once. */
    Answer answer(Task task, Instruction instruction);

    /**
     * Answers one question without holding a thread; override it where the client is asynchronous or where earlier turns
     * matter. By default {@link #answer} runs on the executor.
     */
    default CompletionStage<Answer> answerAsync(Advice advice, Executor executor) {
        return CompletableFuture.supplyAsync(() -> answer(advice.task(), advice.instruction()), executor);
    }

    /**
     * Answers many questions. Never fails as a whole: an exception, a null, an empty text or a call beyond the time-out
     * becomes a failed answer in its place. Override it where the model answers a batch in one go.
     *
     * <p>A call whose time is up is cancelled and its thread interrupted. It counts as under way until it has ended, or until
     * as much time again has passed without its heeding that.
     *
     * <p>A student that answers a batch in one go may have no use for concurrency and time-out, if nothing it waits for can
     * fail to come; it says so then.
     *
     * @param timeout for each answer, counted from when its call starts
     * @param concurrency the most calls under way at once
     * @return one answer for each advice, in order
     * @throws InterruptedRunException if the calling thread is interrupted; the calls are then cancelled
     */
    default List<Answer> answerAll(List<Advice> batch, int concurrency, Duration timeout) {
        return new StudentCalls(this, concurrency, timeout).answer(batch);
    }

    /** A student whose client is asynchronous. */
    static StudentClient async(BiFunction<Task, Instruction, CompletionStage<Answer>> client) {
        return new AsyncStudent(client);
    }
}
