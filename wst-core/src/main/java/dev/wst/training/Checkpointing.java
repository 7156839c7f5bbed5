package dev.wst.training;

import dev.wst.InvalidInputException;
import dev.wst.TrainingState;
import dev.wst.Validation;
import dev.wst.ValueFunction;
import dev.wst.checkpoint.Checkpoint;
import dev.wst.checkpoint.Checkpoints;
import dev.wst.checkpoint.SavedCheckpoint;
import dev.wst.files.FileStart;
import dev.wst.files.Uninterrupted;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunDescription;
import dev.wst.metrics.RunDirectory;
import dev.wst.metrics.RunReader;
import dev.wst.metrics.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the checkpoints of a run when they are due, and goes on from one. */
final class Checkpointing {
    private static final Logger LOG = LoggerFactory.getLogger(WstTrainer.class);

    private final RunPlan plan;
    private final RunFiles files;
    private final RunDirectory directory;
    private final RunDescription description;
    private final Optional<ValueFunction> critic;
    private final Checkpoints checkpoints;
    private final Optional<SavedCheckpoint> begun;
    private BestValidation best = new BestValidation(List.of());
    private int lastStep = -1;
    private Instant lastTime;

    /**
     * Where a run stands when it begins or goes on.
     *
     * @param time that it has taken
     * @param rollouts that it has made, where what comes goes by them
     */
    record Start(TrainingState state, Duration time, List<RecordedRollout> rollouts) {
        static Start of(RunPlan plan) {
            return new Start(plan.learning().algorithm().start(), Duration.ZERO, List.of());
        }
    }

    /**
     * For a new run, or for one that goes on, which is left as it is.
     *
     * @param files of the plan
     * @throws InvalidInputException if the run cannot be resumed with this plan, or is complete
     */
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
        this.begun = files.resumes() ? begun() : Optional.empty();
        this.lastTime = plan.clock().instant();
    }

    /** Where the run is resumed from; nothing if it was killed before its first checkpoint. */
    private Optional<SavedCheckpoint> begun() {
        RunReader reader = RunReader.open(files.directory());
        requireUnfinished(reader);
        Set<Path> changed = new TreeSet<>();
        Optional<SavedCheckpoint> newest = checkpoints.newest(one -> {
            Optional<Path> file = directory.changedSince(RunDirectory.Written.of(one.files()));
            file.ifPresent(changed::add);
            return file.isEmpty();
        });
        changed.forEach(
                file -> LOG.warn("{} is not as it was when a checkpoint was written, an older one is taken", file));
        newest.ifPresent(this::requireDescription);
        RunConfiguration.requireSame(
                reader.description().configuration(), description.configuration(), files.directory());
        if (newest.isEmpty() && !checkpoints.isEmpty()) {
            throw new InvalidInputException("the run in " + files.directory()
                    + " cannot be resumed: none of its checkpoints is intact"
                    + (changed.isEmpty() ? "" : ", since they were written after other lines than are in " + changed)
                    + "; begin a new run");
        }
        return newest;
    }

    private void requireDescription(SavedCheckpoint saved) {
        if (!directory.description().equals(saved.checkpoint().files().get(RunDirectory.DESCRIPTION))) {
            throw new InvalidInputException(files.directory().resolve(RunDirectory.DESCRIPTION)
                    + " is damaged: it is not what it was when " + saved.path()
                    + " was written; put that back, or begin a new run");
        }
    }

    /** What the run was begun with, or is resumed with: read once, since model files may be gone when it ends. */
    RunDescription description() {
        return description;
    }

    /**
     * Where to begin. For a run that is resumed, teacher, critic, record and files are as they were there when this returns.
     */
    Start begin(RunRecord record) {
        best = new BestValidation(record.validations());
        if (!files.resumes()) {
            return fresh();
        }
        checkpoints.deleteUnfinished();
        if (directory.restoreTasks(plan.tasks(), plan.measuring().tasks())) {
            LOG.warn("tasks.jsonl in {} did not hold the run's tasks and was written anew", files.directory());
        }
        if (begun.isEmpty()) {
            directory.cutTo(RunDirectory.Written.NOTHING);
            return fresh();
        }
        return resume(begun.get(), record);
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

    private Start resume(SavedCheckpoint saved, RunRecord record) {
        Checkpoint checkpoint = saved.checkpoint();
        RunReader reader = RunReader.open(files.directory());
        tellOfOtherVersions(reader.description().versions());
        restoreTeacher(saved);
        critic.ifPresent(one -> Uninterrupted.run(() -> one.restoreState(saved.critic())));
        directory.cutTo(RunDirectory.Written.of(checkpoint.files()));
        record.restore(reader.steps(), reader.validations());
        lastStep = checkpoint.state().step();
        LOG.info("resuming the run in {} after step {}", files.directory(), lastStep);
        boolean goesByRollouts = plan.learning().drawsBySignal()
                || plan.learning().reuse() > 0
                || !plan.learning().warmStart().instructions().isEmpty();
        return new Start(checkpoint.state(), checkpoint.time(), goesByRollouts ? reader.rollouts() : List.of());
    }

    private void restoreTeacher(SavedCheckpoint saved) {
        Uninterrupted.run(() -> plan.teacher().restoreState(saved.teacher()));
    }

    /**
     * Writes a checkpoint if one is due.
     *
     * @param time that the run has taken
     * @param validation made after this step, if any
     */
    void after(TrainingState state, Duration time, Optional<Validation> validation) {
        boolean isBest = validation.isPresent() && best.isLast();
        boolean steps = files.everySteps() > 0 && state.step() % files.everySteps() == 0;
        boolean late = Duration.between(lastTime, plan.clock().instant()).compareTo(files.everyTime()) >= 0;
        boolean done = state.step() == plan.steps().count();
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
        Uninterrupted.run(() -> writeOnce(state, time, validation));
    }

    private void writeOnce(TrainingState state, Duration time, OptionalDouble validation) {
        Map<String, FileStart> written = new HashMap<>(directory.synced().byName());
        written.put(RunDirectory.DESCRIPTION, directory.description());
        checkpoints.write(
                new Checkpoint(state, written, time, validation),
                best.step(),
                plan.teacher()::saveState,
                critic.map(one -> one::saveState));
        lastStep = state.step();
        lastTime = plan.clock().instant();
    }

    /** Gives the teacher back what it had learned when its validation was best. */
    void restoreBest() {
        if (best.step().isEmpty()) {
            return;
        }
        checkpoints.best(best.step().getAsInt()).ifPresent(saved -> {
            restoreTeacher(saved);
            LOG.info(
                    "the teacher is that of step {} again, whose validation was best",
                    saved.checkpoint().state().step());
        });
    }
}
