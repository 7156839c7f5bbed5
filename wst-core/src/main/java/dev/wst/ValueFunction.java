package dev.wst;

import java.nio.file.Path;
import java.util.List;

/**
 * The critic: predicts, from the hidden state before each token, the return still to come. A run calls it from one thread
 * at a time.
 */
public interface ValueFunction extends AutoCloseable {

    /**
     * Expected returns.
     *
     * @param states for each instruction [T, D]
     * @return for each instruction [T]
     */
    List<double[]> values(List<float[][]> states);

    /**
     * Follows the value slopes of an objective by one optimiser step. The scores handed to the objective hold values
     * only; log-probabilities and entropies are zeros.
     *
     * @return the objective's value over the batch, before the update
     * @throws TrainingDivergedException if the loss is not finite; the weights are then as before
     */
    double update(List<float[][]> states, Objective objective);

    /**
     * Reserves this function for one run, until {@link #endTraining}: two would move the same weights against each other, and
     * neither would learn what its metrics say. By default there is no reservation.
     *
     * @throws UnavailableException if another run trains it
     */
    default void beginTraining() {}

    /** Ends the reservation; called by whoever made it, and by nobody else. */
    default void endTraining() {}

    /**
     * Writes all that training changes, the optimiser's state included, to a directory that does not exist yet, complete or
     * not at all.
     *
     * @throws WstException if it cannot be written
     */
    void saveState(Path directory);

    /**
     * Goes on from what {@link #saveState} of such a function wrote: the next update is the one that would have followed.
     *
     * @throws WstException if it cannot be read or belongs to a function of another shape; this one is then as before
     */
    void restoreState(Path directory);

    /** Frees what it holds; does nothing a second time. */
    @Override
    void close();
}
