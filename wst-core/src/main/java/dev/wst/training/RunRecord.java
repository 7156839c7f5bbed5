package dev.wst.training;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.TrainingListener;
import dev.wst.Validation;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunDirectory;
import dev.wst.metrics.RunReport;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a run has done so far: in memory, in the run directory where there is one, and told to the listeners. */
final class RunRecord {
    private final List<TrainingListener> listeners;
    private final Optional<RunDirectory> directory;
    private final List<StepMetrics> steps = new ArrayList<>();
    private final List<Validation> validations = new ArrayList<>();
    private final Deque<Unfinished> unfinished = new ArrayDeque<>();

    /**
     * A step or a part of a validation under way.
     *
     * @param attempts that the student has answered
     * @param rollouts empty until they are judged
     */
    private record Unfinished(String split, int step, List<Attempt> attempts, List<Rollout> rollouts) {
        /** What is there, with the reason where no verdict is. */
        List<Rollout> orUnscored(Throwable reason) {
            return rollouts.isEmpty()
                    ? attempts.stream()
                            .map(attempt -> new Rollout(attempt, Reward.unscored("not judged: " + reason)))
                            .toList()
                    : rollouts;
        }
    }

    RunRecord(List<TrainingListener> listeners, Optional<RunDirectory> directory) {
        this.listeners = List.copyOf(listeners);
        this.directory = directory;
    }

    /** What is answered and judged from now on belongs to this part of the step or validation under way. */
    void begin(String split, int step) {
        unfinished.addLast(new Unfinished(split, step, List.of(), List.of()));
    }

    void answered(List<Attempt> attempts) {
        replaceLast(u -> new Unfinished(u.split, u.step, attempts, List.of()));
    }

    void judged(List<Rollout> rollouts) {
        replaceLast(u -> new Unfinished(u.split, u.step, u.attempts, rollouts));
    }

    private void replaceLast(UnaryOperator<Unfinished> change) {
        unfinished.addLast(change.apply(unfinished.removeLast()));
    }

    /** Keeps a finished step. */
    void add(StepMetrics metrics, List<Rollout> rollouts) {
        unfinished.clear();
        steps.add(metrics);
        directory.ifPresent(d -> d.write(metrics, rollouts));
        listeners.forEach(listener -> listener.onStep(metrics, rollouts));
    }

    /** Keeps a finished validation. */
    void add(Validation validation) {
        unfinished.clear();
        validations.add(validation);
        directory.ifPresent(d -> d.write(validation));
        listeners.forEach(listener -> listener.onValidation(validation));
    }

    /** Keeps what there is of a step or validation that will not be finished. */
    void abandon(Throwable reason) {
        List<Unfinished> left = List.copyOf(unfinished);
        unfinished.clear();
        left.forEach(u -> directory.ifPresent(d -> d.writeRollouts(u.split, u.step, u.orUnscored(reason))));
    }

    /** What a run did before it was resumed. */
    void restore(List<StepMetrics> earlierSteps, List<Validation> earlierValidations) {
        steps.addAll(earlierSteps);
        validations.addAll(earlierValidations);
    }

    /** Whether there was a validation after this step. */
    boolean isValidated(int step) {
        return validations.stream().anyMatch(one -> one.step() == step);
    }

    void report(RunReport content) {
        directory.ifPresent(d -> d.writeReport(content));
    }

    /** What is under way, for messages. */
    String underWay() {
        return Optional.ofNullable(unfinished.peekLast())
                .map(u -> u.split.equals(RecordedRollout.TRAIN)
                        ? "step " + u.step
                        : "the validation after step " + u.step)
                .orElse("after step " + steps.size());
    }

    Optional<Path> path() {
        return directory.map(RunDirectory::path);
    }

    List<StepMetrics> steps() {
        return steps;
    }

    List<Validation> validations() {
        return validations;
    }
}
