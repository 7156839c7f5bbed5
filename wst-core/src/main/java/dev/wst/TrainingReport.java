package dev.wst;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a run did.
 *
 * <pre>{@code
 * TrainingReport report = trainer.fit();
 * report.validations().forEach(validation -> System.out.println(validation.step() + ": " + validation.meanReward()));
 * }</pre>
 *
 * @param teacher the trained teacher, still open
 * @param steps the metrics of every step
 * @param validations before, during and after training; empty without validation tasks
 * @param runDirectory where the run left its traces
 * @param ending why it ended
 * @param transfer what it did for each student that the teacher was validated with and not trained with
 */
public record TrainingReport(
        TeacherPolicy teacher,
        List<StepMetrics> steps,
        List<Validation> validations,
        Optional<Path> runDirectory,
        Ending ending,
        List<Transfer> transfer) {
    public TrainingReport {
        steps = List.copyOf(steps);
        validations = List.copyOf(validations);
        transfer = List.copyOf(transfer);
    }

    /** Whether it ended early because its thread was interrupted. */
    public boolean interrupted() {
        return ending == Ending.INTERRUPTED;
    }
}
