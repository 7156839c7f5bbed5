package dev.wst;

/** Trains a teacher to the end of a run; {@code WstTrainer} is the one that the library ships. */
@FunctionalInterface
public interface Trainer {
    /**
     * Trains to the end, or until the calling thread is interrupted, and reports.
     *
     * @throws WstException if training cannot go on; what was learned and logged before is kept
     */
    TrainingReport fit();
}
