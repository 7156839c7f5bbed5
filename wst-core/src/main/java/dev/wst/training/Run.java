package dev.wst.training;

import dev.wst.Attempt;
import dev.wst.InterruptedRunException;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.TrainingDivergedException;
import dev.wst.Validation;
import dev.wst.ValueFunction;
import dev.wst.evaluation.Examiner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One run: step after step, and putting away what came of it however it ends. */
final class Run {
    private final WstTrainerBuilder options;
    private final Seed seed;
    private final TaskStream tasks;
    private final RolloutStage rollouts;
    private final UpdateStage updates;
    private final RunRecord record;
    private long tokens;
    private long episodes;

    Run(WstTrainerBuilder options, Optional<ValueFunction> critic, RunRecord record) {
        this.options = options;
        this.seed = new Seed(options.seed);
        this.tasks = new TaskStream(options.tasks, options.batch, seed.derive("tasks"));
        this.rollouts = new RolloutStage(
                options.teacher(),
                new Examiner(options.student(), options.reward(), options.concurrency, options.timeout),
                record);
        this.updates = new UpdateStage(options.teacher(), critic, options.algorithm(), options.sampling.temperature());
        this.record = record;
    }

    /**
     * Goes through all steps.
     *
     * @return false if it was interrupted before their end
     */
    boolean complete() {
        Tries tries = new Tries();
        Optional<Throwable> cause = Optional.empty();
        try {
            options.listeners.forEach(listener -> listener.onStart(options.steps));
            steps();
        } catch (InterruptedRunException e) {
            cause = Optional.of(e);
        } catch (RuntimeException | Error e) {
            tries.failed(e);
            cause = Optional.of(e);
        }
        keep(tries, cause);
        tries.rethrow();
        return cause.isEmpty();
    }

    private void steps() {
        validate(0);
        for (int step = 1; step <= options.steps; step++) {
            train(step);
            boolean last = step == options.steps;
            if (last || (options.validateEvery > 0 && step % options.validateEvery == 0)) {
                validate(step);
            }
        }
    }

    /** One step of training: the line from tasks to metrics. */
    private void train(int step) {
        Interruption.check("between two steps");
        record.begin("train", step);
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
        record.add(new StepMetrics(step, values), all);
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

    /** The teacher, greedy, on the validation tasks. */
    private void validate(int step) {
        if (options.validation.isEmpty()) {
            return;
        }
        Interruption.check("before a validation");
        record.begin("validation", step);
        List<Attempt> attempts =
                options.validation.stream().map(task -> Attempt.at(task, 0)).toList();
        Sampling greedy = options.sampling.withTemperature(0);
        record.add(new Validation(step, rollouts.run(attempts, greedy, seed.derive("validation"))));
    }

    /** @param cause why not all steps were made */
    private void keep(Tries tries, Optional<Throwable> cause) {
        // The flag would make file channels refuse to write; what was learned is kept first.
        boolean flag = Thread.interrupted();
        String during = record.underWay();
        cause.ifPresent(reason -> tries.attempt(() -> record.abandon(reason)));
        if (cause.isEmpty() || updates.any()) {
            tries.attempt(
                    () -> record.path().ifPresent(path -> options.teacher().save(path.resolve("adapter"))));
        }
        boolean interrupted =
                cause.filter(InterruptedRunException.class::isInstance).isPresent();
        tries.attempt(
                () -> record.report(new ReportFile(options, record, interrupted, tries.failure(), during).content()));
        if (flag) {
            Thread.currentThread().interrupt();
        }
    }
}
