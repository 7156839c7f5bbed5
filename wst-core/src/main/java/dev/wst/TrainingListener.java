package dev.wst;

import java.util.List;

/**
 * Told what happens during training, on the training thread. An exception thrown here stops the run.
 *
 * <pre>{@code
 * TrainingListener listener = new TrainingListener() {
 *     public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
 *         System.out.println(metrics.step() + ": " + metrics.value("reward"));
 *     }
 * };
 * }</pre>
 */
public interface TrainingListener {
    /**
     * Before {@link #onStart}, where a run goes on: what it had done until the checkpoint that it goes on from. A listener of the
     * process that ended may have been told of later steps; they come again.
     */
    default void onResume(List<StepMetrics> steps, List<Validation> validations) {}

    /** Before the first step, after everything was checked. */
    default void onStart(int steps) {}

    /**
     * After each step, with its rollouts: one for each answer, those that could not be scored included.
     * {@link Rollout#perInstruction} makes them those that the teacher was updated with.
     */
    default void onStep(StepMetrics metrics, List<Rollout> rollouts) {}

    /** After each validation. */
    default void onValidation(Validation validation) {}

    /** After the last step. */
    default void onEnd(TrainingReport report) {}

    /** In place of {@link #onEnd} where a run that had begun ends with an exception, which is thrown afterwards. */
    default void onFailure(Throwable failure) {}
}
