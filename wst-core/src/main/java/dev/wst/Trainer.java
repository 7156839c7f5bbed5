package dev.wst;

/** Something that trains a teacher. */
@FunctionalInterface
public interface Trainer {
    /**
     * Trains to the end, or until the calling thread is interrupted, and reports.
     *
     * @throws WstException if training cannot go on; what was learned and logged before is kept
     */
    TrainingReport fit();
}
