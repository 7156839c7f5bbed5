package dev.wst.engine.nn;

/** A loss over continuations, seen one continuation at a time. */
@FunctionalInterface
public interface SequenceLoss {
    /**
     * The slopes of one continuation.
     *
     * @param sequence its number in the batch
     * @param logProbabilities [T] nats
     * @param entropies [T] nats
     */
    Slopes at(int sequence, double[] logProbabilities, double[] entropies);

    /**
     * Derivatives of the loss.
     *
     * @param logProbability [T] by each log-probability
     * @param entropy [T] by each entropy
     */
    record Slopes(double[] logProbability, double[] entropy) {}
}
