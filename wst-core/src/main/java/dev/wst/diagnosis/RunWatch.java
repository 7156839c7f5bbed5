package dev.wst.diagnosis;

import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.TrainingListener;
import dev.wst.Validation;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks for symptoms while a run is under way and tells of each once. Every {@code WstTrainer} has one that
 * logs at level WARN; one of your own stops a run, for instance, that learns to cheat.
 *
 * <pre>{@code
 * TrainingListener watch = RunWatch.telling(finding -> {
 *     if (finding.symptom().severity() == Symptom.Severity.CHEATING) {
 *         Thread.currentThread().interrupt();     // ends the run, with what it learned saved
 *     }
 * });
 * }</pre>
 */
public final class RunWatch implements TrainingListener {
    private final Examination examination;
    private final Consumer<Diagnosis.Finding> told;

    private RunWatch(String reward, Consumer<Diagnosis.Finding> told) {
        this.examination = new Examination(new History(reward, false));
        this.told = told;
    }

    /** Tells of each finding once, on the training thread. */
    public static RunWatch telling(Consumer<Diagnosis.Finding> told) {
        return new RunWatch("", told);
    }

    /**
     * The same with what the reward says of itself ({@link dev.wst.RewardFunction#describe}), by which the parts of a sum are known:
     * {@link Symptom#DOMINANT_PART} needs it.
     */
    public static RunWatch telling(String reward, Consumer<Diagnosis.Finding> told) {
        return new RunWatch(reward, told);
    }

    @Override
    public void onResume(List<StepMetrics> steps, List<Validation> validations) {
        examination.resume(steps, validations);
    }

    @Override
    public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
        examination.add(metrics, rollouts).forEach(told);
    }

    @Override
    public void onValidation(Validation validation) {
        examination.add(validation).forEach(told);
    }

    /** What was found so far. */
    public Diagnosis diagnosis() {
        return examination.diagnosis();
    }
}
