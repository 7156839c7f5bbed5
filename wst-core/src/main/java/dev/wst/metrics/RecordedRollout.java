package dev.wst.metrics;

import dev.wst.Rollout;

/**
 * A rollout as a run directory holds it. Its instructions have their texts, but not the tokens they were sampled as.
 *
 * @param split {@link #TRAIN}, {@link #VALIDATION} or {@link #TRANSFER}
 * @param step that it was made in, or after which it was validated
 */
public record RecordedRollout(String split, int step, Rollout rollout) {
    public static final String TRAIN = "train";
    public static final String VALIDATION = "validation";
    /** A validation with a student that the teacher is not trained with. */
    public static final String TRANSFER = "transfer";
}
