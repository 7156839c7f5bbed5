package dev.wst;

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
     * Reserves this function for one run, which gives the lease back at its end. By default there is no reservation.
     *
     * @throws InTrainingException if another run trains it
     */
    default TrainingLease beginTraining() {
        return TrainingLease.unshared();
    }

    /** Frees what it holds; does nothing a second time. */
    @Override
    void close();
}
