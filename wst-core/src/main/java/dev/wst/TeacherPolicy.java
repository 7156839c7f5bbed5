package dev.wst;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A trainable language model that writes instructions. The library ships one, {@code TransformerTeacher}; anything that
 * can sample, score and follow a slope will do.
 *
 * <p>A run calls it from one thread at a time. {@code TransformerTeacher} may be used by several; another policy need not
 * allow that.
 */
public interface TeacherPolicy extends AutoCloseable {

    /**
     * Checks that instructions can be written for a task.
     *
     * @throws WstException if not, for example because its prompt and {@code maxTokens} exceed the context
     */
    default void check(Task task, Sampling sampling) {}

    /**
     * Tokens of what the policy reads before it writes an instruction, for counts; 0 where it reads nothing or does not know.
     */
    default int promptTokens(Situation situation) {
        return 0;
    }

    /**
     * Writes one instruction for each situation.
     *
     * @param situations tasks, with earlier attempts if there are any; the same task may appear several times
     * @param seed each instruction is drawn with a seed derived from this, its task's id, the number of earlier attempts and its
     *     sample number
     * @return one advice for each situation, in order; its instruction is a sampled one
     */
    List<Advice> write(List<Situation> situations, Sampling sampling, Seed seed);

    /**
     * Instructions that somebody else wrote, as this policy would write them: with its tokens, the one that ends an instruction among
     * them, and the log-probability that each has under the present weights. So it can learn from them; a
     * {@code WarmStart.withInstructions} asks for it. By default no policy can.
     *
     * @param others their instructions are texts, sampled or not
     * @return one advice for each, in order; its instruction is a sampled one with that text
     * @throws InvalidInputException if a text is longer than the sampling allows, or holds what would have ended it before
     * @throws UnsupportedOperationException if the policy cannot
     */
    default List<Advice> inOwnTokens(List<Advice> others, Sampling sampling) {
        throw new UnsupportedOperationException(getClass().getName()
                + " does not say which tokens a given text is made of: implement TeacherPolicy.inOwnTokens");
    }

    /**
     * What a policy reads out of one instruction in a single pass.
     *
     * @param scores log-probability and entropy of each token
     * @param states [T, D] the last hidden state before each token was drawn, cut off from the gradient; the critic reads it
     */
    record Reading(TokenScores scores, float[][] states) {}

    /**
     * Reads sampled instructions under the present weights.
     *
     * @param temperature divides the logits; the one the instructions were sampled with
     * @return one entry for each advice, in order
     */
    List<Reading> read(List<Advice> batch, double temperature);

    /** The scores of {@link #read} under the reference policy: the model without what is trained. */
    List<TokenScores> scoreReference(List<Advice> batch, double temperature);

    /** What reports say of it, such as its model and what of it is trained; its class unless it says more. */
    default Map<String, String> description() {
        return Map.of("class", getClass().getName());
    }

    /**
     * What a teacher must have in common with the one that a run was begun with, for the run to be resumed with it: its model and
     * what of it is trained, wherever its files lie. By default its {@link #description()}.
     */
    default Map<String, String> identity() {
        return description();
    }

    /** D, the length of a hidden state. */
    int width();

    /**
     * Follows the slopes of an objective by one optimiser step.
     *
     * @throws TrainingDivergedException if the loss or a gradient is not finite; the weights are then as before
     */
    UpdateStats update(List<Advice> batch, Objective objective, double temperature, OptimizerStep step);

    /** Whether a mean of the weights over training can be kept: {@link #includeInMean} and what belongs to it. */
    default boolean keepsMean() {
        return false;
    }

    /**
     * Takes the present weights into a mean over training: {@code mean + share * (weights - mean)}, where the first weights are the mean
     * whatever their share. {@link #saveState} and {@link #restoreState} keep the mean too. For policies that {@link #keepsMean keep one}.
     *
     * @param share above 0, at most 1
     */
    default void includeInMean(double share) {
        throw withoutMean();
    }

    /**
     * Runs something with the mean in the place of the weights, which are back afterwards; with the weights where nothing was included
     * in a mean.
     */
    default <T> T withMean(Supplier<T> work) {
        throw withoutMean();
    }

    /** Makes the mean the weights, for good; does nothing where nothing was included in a mean. */
    default void adoptMean() {
        throw withoutMean();
    }

    private UnsupportedOperationException withoutMean() {
        return new UnsupportedOperationException(getClass().getName() + " keeps no mean of its weights");
    }

    /**
     * Reserves this policy for one run, until {@link #endTraining}: two would move the same weights against each other, and
     * neither would learn what its metrics say. By default there is no reservation.
     *
     * @throws UnavailableException if another run trains it
     */
    default void beginTraining() {}

    /** Ends the reservation; called by whoever made it, and by nobody else. */
    default void endTraining() {}

    /**
     * Writes what was trained to a directory that does not exist yet, complete or not at all.
     *
     * @throws WstException if it cannot be written
     */
    void save(Path directory);

    /** Optimiser steps made on what is trained; they continue where {@link #restoreState} left off. */
    int updates();

    /**
     * Writes all that training changes to a directory that does not exist yet, complete or not at all: what {@link #save}
     * writes, the optimiser's moments and its position.
     *
     * @throws WstException if it cannot be written
     */
    void saveState(Path directory);

    /**
     * Goes on from what {@link #saveState} of such a policy wrote: the next update is the one that would have followed.
     *
     * @throws WstException if it cannot be read, or belongs to another model or another choice of what is trained; the policy
     *     is then as before
     */
    void restoreState(Path directory);

    /** Frees what it holds; does nothing a second time. */
    @Override
    void close();
}
