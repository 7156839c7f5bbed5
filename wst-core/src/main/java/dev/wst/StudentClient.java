package dev.wst;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The frozen model whose answers decide the reward. A lambda will do:
 *
 * <pre>{@code
 * StudentClient student = advice ->
 *         Answer.of(chatModel.chat(advice.instruction().text() + "\n" + advice.task().prompt()));
 * }</pre>
 *
 * <p>It may throw and it may hang: {@link dev.wst.calls.StudentCalls}, which asks it, turns both into
 * {@link Answer#failed failed answers}.
 */
@FunctionalInterface
public interface StudentClient {

    /** Answers one question; called from several threads at once. A call whose time is up is interrupted. */
    Answer answer(Advice advice);

    /**
     * Answers many questions in one go, for models that gain by that. By default there is no such way, and each question is
     * put alone, several at once. Whether there is one must not depend on the batch: an empty one is given to find out.
     *
     * @return one answer for each advice, in order; empty where there is no such way
     */
    default Optional<List<Answer>> answerTogether(List<Advice> batch) {
        return Optional.empty();
    }

    /**
     * The call that {@link #answer} makes for this advice, for those who keep answers or pay for them. It is made of the
     * advice alone by default, which says nothing of the model: a student that is given to others with its model's name
     * overrides this.
     */
    default ModelCall call(Advice advice) {
        return ModelCall.of(advice);
    }

    /**
     * The calls that an answer to this advice may take beside {@link #call}, at most, for those who say what a run will need: that of
     * a second model where the first fails, say. Whoever makes them pays for them. None by default.
     */
    default List<ModelCall> furtherCalls(Advice advice) {
        return List.of();
    }

    /** A student whose client is asynchronous; a call whose time is up is cancelled. */
    static StudentClient async(Function<Advice, CompletionStage<Answer>> client) {
        return new AsyncStudent(client);
    }
}
