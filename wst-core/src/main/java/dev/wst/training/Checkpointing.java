package dev.wst.training;

import dev.wst.InvalidInputException;
import dev.wst.TrainingState;
import dev.wst.Validation;
import dev.wst.ValueFunction;
import dev.wst.checkpoint.Checkpoint;
import dev.wst.checkpoint.Checkpoints;
import dev.wst.checkpoint.SavedCheckpoint;
import dev.wst.metrics.RunDescription;
import dev.wst.metrics.RunDirectory;
import dev.wst.metrics.RunReader;
import dev.wst.metrics.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the checkpoints of a run when they are due, and goes on from one. */
final class Checkpointing {
    private static final Logger LOG = LoggerFactory.getLogger(WstTrainer.class);
    private static final String METRICS = "metrics.jsonl";
    private static final String ROLLOUTS = "rollouts.jsonl";

    private final RunPlan plan;
    private final RunFiles files;
    private final RunDirectory directory;
    private final RunDescription description;
    private final Optional<ValueFunction> critic;
    private final Checkpoints checkpoints;
    private int lastStep = -1;
    private Instant lastTime;

    /**
     * Where a run stands when it begins or goes on.
     *
     * @param time that it has taken
     */
    record Start(TrainingState state, Duration time) {
        static Start of(RunPlan plan) {
            return new Start(plan.algorithm().start(), Duration.ZERO);
        }
    }

    /** @param files of the plan */
    Checkpointing(
            RunPlan plan,
            RunFiles files,
            RunDirectory directory,
            RunDescription description,
            Optional<ValueFunction> critic) {
        this.plan = plan;
        this.files = files;
        this.directory = directory;
        this.description = description;
        this.critic = critic;
        this.checkpoints = new Checkpoints(directory.path().resolve("checkpoints"), files.kept());
        this.lastTime = plan.clock().instant();
    }

    /** What the run was begun with, or is resumed with: read once, since model files may be gone when it ends. */
    RunDescription description() {
        return description;
    }

    /**
     * Where to begin. For a run that is resumed, teacher, critic, record and files are as they were there when this returns.
     *
     * @throws InvalidInputException if the run cannot be resumed with this plan, or is complete
     */
    Start begin(RunRecord record) {
        if (!files.resumes()) {
            return fresh();
        }
        RunReader reader = RunReader.open(files.directory());
        requireUnfinished(reader);
        RunConfiguration.requireSame(
                reader.description().configuration(), description.configuration(), files.directory());
        tellOfOtherVersions(reader.description().versions());
        checkpoints.deleteUnfinished();
        if (checkpoints.isEmpty()) {
            directory.cutTo(new RunDirectory.Lengths(0, 0));
            return fresh();
        }
        SavedCheckpoint saved = checkpoints
                .newest(one -> directory.holds(lengths(one)))
                .orElseThrow(() -> new InvalidInputException("the run in " + files.directory()
                        + " cannot be resumed: none of its checkpoints is intact; begin a new run"));
        return resume(saved, reader, record);
    }

    private Start fresh() {
        Start start = Start.of(plan);
        write(start.state(), start.time(), OptionalDouble.empty());
        return start;
    }

    private void requireUnfinished(RunReader reader) {
        Optional<RunReport> report = reader.report();
        if (report.filter(one -> one.ending().isComplete()).isPresent()) {
            throw new InvalidInputException("the run in " + files.directory() + " is complete after "
                    + report.get().steps() + " steps; to train further, begin a new run with its adapter");
        }
    }

    private void tellOfOtherVersions(Map<String, String> begun) {
        Map<String, String> now = description.versions();
        now.forEach((name, version) -> {
            String then = begun.getOrDefault(name, "none");
            if (!then.equals(version)) {
                LOG.warn(
                        "the run was begun with {} {} and goes on with {}: its numbers may differ in their last digits"
                                + " from those of a run that never stopped",
                        name,
                        then,
                        version);
            }
        });
    }

    private Start resume(SavedCheckpoint saved, RunReader reader, RunRecord record) {
        Checkpoint checkpoint = saved.checkpoint();
        plan.teacher().restoreState(saved.teacher());
        critic.ifPresent(one -> one.restoreState(saved.critic()));
        directory.cutTo(lengths(checkpoint));
        record.restore(reader.steps(), reader.validations());
        lastStep = checkpoint.state().step();
        LOG.info("resuming the run in {} after step {}", files.directory(), lastStep);
        return new Start(checkpoint.state(), checkpoint.time());
    }

    private static RunDirectory.Lengths lengths(Checkpoint checkpoint) {
        return new RunDirectory.Lengths(
                checkpoint.lengths().getOrDefault(METRICS, 0L),
                checkpoint.lengths().getOrDefault(ROLLOUTS, 0L));
    }

    /**
     * Writes a checkpoint if one is due.
     *
     * @param time that the run has taken
     * @param validation made after this step, if any
     * @param isBest whether it is the best so far
     */
    void after(TrainingState state, Duration time, Optional<Validation> validation, boolean isBest) {
        boolean steps = files.everySteps() > 0 && state.step() % files.everySteps() == 0;
        boolean late = Duration.between(lastTime, plan.clock().instant()).compareTo(files.everyTime()) >= 0;
        boolean done = state.step() == plan.steps();
        if (isBest || (state.step() != lastStep && (steps || late || done))) {
            write(state, time, validation.map(Validation::meanReward).orElse(OptionalDouble.empty()));
        }
    }

    /** Writes a checkpoint of a run that ends between two steps, unless the last one is of the same step. */
    void atEnd(TrainingState state, Duration time) {
        if (state.step() != lastStep) {
            write(state, time, OptionalDouble.empty());
        }
    }

    private void write(TrainingState state, Duration time, OptionalDouble validation) {
        // The flag would make file channels refuse to write; the run heeds it when this is done.
        boolean interrupted = Thread.interrupted();
        try {
            RunDirectory.Lengths lengths = directory.synced();
            checkpoints.write(
                    new Checkpoint(
                            state, Map.of(METRICS, lengths.metrics(), ROLLOUTS, lengths.rollouts()), time, validation),
                    plan.teacher()::saveState,
                    critic.map(one -> one::saveState));
            lastStep = state.step();
            lastTime = plan.clock().instant();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives the teacher back what it had learned when its validation was best. */
    void restoreBest() {
        checkpoints.best().ifPresent(best -> {
            plan.teacher().restoreState(best.teacher());
            LOG.info(
                    "the teacher is that of step {} again, whose validation was best",
                    best.checkpoint().state().step());
        });
    }
}
