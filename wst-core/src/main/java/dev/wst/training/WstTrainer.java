package dev.wst.training;

import dev.wst.Attempt;
import dev.wst.InterruptedRunException;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.Trainer;
import dev.wst.TrainingDivergedException;
import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.Validation;
import dev.wst.ValueFunction;
import dev.wst.evaluation.Examiner;
import dev.wst.metrics.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Trains a teacher to write instructions that make a frozen student right.
 *
 * <pre>{@code
 * TrainingReport report = WstTrainer.builder()
 *         .teacher(TransformerTeacher.load(Path.of("SmolLM2-135M-Instruct.gguf")))
 *         .student(LangChain4jStudent.of(chatModel))
 *         .reward(attempt -> Reward.of(
 *                 attempt.answer().text().contains(attempt.task().reference().orElseThrow()) ? 1 : 0))
 *         .tasks(tasks)
 *         .algorithm(Ppo.defaults())
 *         .steps(200)
 *         .seed(17)
 *         .runDirectory(Path.of("runs/first"))
 *         .build()
 *         .fit();
 * }</pre>
 *
 * <p>With the same seed, on the same kind of processor, two runs write the same metrics (times aside) and the same adapter.
 */
public final class WstTrainer implements Trainer {
    private final WstTrainerBuilder options;
    private final Seed seed;
    private final TaskStream tasks;
    private final RolloutStage rollouts;
    private final AtomicBoolean started = new AtomicBoolean();
    private final List<StepMetrics> history = new ArrayList<>();
    private final List<Validation> validations = new ArrayList<>();
    private @Nullable RunDirectory directory;
    private long tokens;
    private long episodes;

    WstTrainer(WstTrainerBuilder options) {
        this.options = options;
        this.seed = new Seed(options.seed);
        this.tasks = new TaskStream(options.tasks, options.batch, seed.derive("tasks"));
        this.rollouts = new RolloutStage(
                options.teacher(),
                new Examiner(options.student(), options.reward(), options.concurrency, options.timeout));
    }

    /** Begins a configuration. */
    public static WstTrainerBuilder builder() {
        return new WstTrainerBuilder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.wst.TrainingDivergedException if a loss or gradient is not finite
     * @throws dev.wst.RewardException if the reward function fails
     * @throws TrainingException if no rollout of a step could be scored
     * @throws IllegalStateException if it was called before
     * @throws dev.wst.metrics.RunDirectoryException if the run directory exists or cannot be written
     */
    @Override
    public TrainingReport fit() {
        if (started.getAndSet(true)) {
            throw new IllegalStateException("this trainer has run already; build another to train further");
        }
        options.tasks.forEach(task -> teacher().check(task, options.sampling));
        options.validation.forEach(task -> teacher().check(task, options.sampling));
        if (options.runDirectory.isEmpty()) {
            return run();
        }
        try (RunDirectory created = RunDirectory.create(options.runDirectory.get())) {
            directory = created;
            return run();
        }
    }

    private TrainingReport run() {
        if (!options.algorithm().usesCritic()) {
            return run(Optional.empty());
        }
        if (options.givenCritic().isPresent()) {
            return run(options.givenCritic());
        }
        try (ValueFunction critic = options.freshCritic()) {
            return run(Optional.of(critic));
        }
    }

    private TrainingReport run(Optional<ValueFunction> critic) {
        listeners().forEach(listener -> listener.onStart(options.steps));
        UpdateStage updates = new UpdateStage(teacher(), critic, options.algorithm(), options.sampling.temperature());
        boolean interrupted = false;
        try {
            validate(0);
            for (int step = 1; step <= options.steps; step++) {
                train(step, updates);
                boolean last = step == options.steps;
                if (last || (options.validateEvery > 0 && step % options.validateEvery == 0)) {
                    validate(step);
                }
            }
        } catch (InterruptedRunException e) {
            interrupted = true;
        }
        return finish(interrupted);
    }

    /** One step of training: the line from tasks to metrics. */
    private void train(int step, UpdateStage updates) {
        RolloutStage.stopIfInterrupted();
        Instant start = options.clock.instant();
        Seed stepSeed = seed.derive("step").derive(step);
        List<Attempt> attempts = attempts(tasks.at(step));
        List<Rollout> all = rollouts.run(attempts, options.sampling, stepSeed);
        List<Rollout> scored = all.stream().filter(r -> r.reward().isScored()).toList();
        requireSome(step, all, scored);
        Map<String, Double> values = new LinkedHashMap<>(RolloutMetrics.of(all));
        try {
            values.putAll(updates.run(
                    scored,
                    options.algorithm().optimization().at(step, options.steps),
                    stepSeed.derive("minibatches")));
        } catch (TrainingDivergedException e) {
            throw new TrainingDivergedException("step " + step + ": " + e.getMessage(), e);
        }
        tokens += all.stream()
                .mapToLong(r -> r.attempt().instruction().tokenCount())
                .sum();
        episodes += all.size();
        values.put("num_tokens", (double) tokens);
        values.put("episode", (double) episodes);
        values.put("step_time", Duration.between(start, options.clock.instant()).toNanos() / 1e9);
        record(new StepMetrics(step, values), all);
    }

    private List<Attempt> attempts(List<Task> batch) {
        List<Attempt> attempts = new ArrayList<>();
        for (Task task : batch) {
            for (int sample = 0; sample < options.samples(); sample++) {
                attempts.add(Attempt.at(task, sample));
            }
        }
        return attempts;
    }

    private static void requireSome(int step, List<Rollout> all, List<Rollout> scored) {
        if (scored.isEmpty()) {
            Map<String, Long> reasons =
                    all.stream().collect(Collectors.groupingBy(r -> r.reward().reason(), Collectors.counting()));
            Map.Entry<String, Long> most = reasons.entrySet().stream()
                    .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .orElseThrow();
            throw new TrainingException("none of the " + all.size() + " rollouts of step " + step
                    + " could be scored; the most frequent reason (" + most.getValue() + " times): " + most.getKey());
        }
    }

    private void record(StepMetrics metrics, List<Rollout> all) {
        history.add(metrics);
        if (directory != null) {
            directory.write(metrics, all);
        }
        listeners().forEach(listener -> listener.onStep(metrics, all));
    }

    /** The teacher, greedy, on the validation tasks. */
    private void validate(int step) {
        if (options.validation.isEmpty()) {
            return;
        }
        RolloutStage.stopIfInterrupted();
        List<Attempt> attempts =
                options.validation.stream().map(task -> Attempt.at(task, 0)).toList();
        Sampling greedy = options.sampling.withTemperature(0);
        Validation validation = new Validation(step, rollouts.run(attempts, greedy, seed.derive("validation")));
        validations.add(validation);
        if (directory != null) {
            directory.write(validation);
        }
        listeners().forEach(listener -> listener.onValidation(validation));
    }

    private TrainingReport finish(boolean interrupted) {
        // The flag would make file channels refuse to write; what was learned is kept first.
        boolean flag = Thread.interrupted();
        try {
            Optional<Path> where = Optional.ofNullable(directory).map(RunDirectory::path);
            if (directory != null) {
                teacher().save(directory.path().resolve("adapter"));
                directory.writeReport(new ReportFile(options, history, validations, interrupted).content());
            }
            TrainingReport report = new TrainingReport(teacher(), history, validations, where, interrupted);
            listeners().forEach(listener -> listener.onEnd(report));
            return report;
        } finally {
            if (flag) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private TeacherPolicy teacher() {
        return options.teacher();
    }

    private List<TrainingListener> listeners() {
        return options.listeners;
    }
}
