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
import dev.wst.evaluation.Unscored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run: step after step, and putting away what came of it however it ends. */
final class Run {
    private final WstTrainerBuilder options;
    private final Seed seed;
    private final TaskStream tasks;
    private final Examiner examiner;
    private final RolloutStage rollouts;
    private final UpdateStage updates;
    private final RunRecord record;
    private final Warnings warnings;
    private long tokens;
    private long episodes;
    private Instant begun = Instant.EPOCH;

    Run(WstTrainerBuilder options, Optional<ValueFunction> critic, RunRecord record) {
        this.options = options;
        this.seed = new Seed(options.seed);
        this.tasks = new TaskStream(options.tasks, options.batch, seed.derive("tasks"));
        this.examiner = new Examiner(
                options.student(), options.reward(), options.concurrency, options.timeout, options.rewardTime);
        this.rollouts = new RolloutStage(
                options.teacher(), examiner, new Outage(examiner, options.outageLimit, options.pauses), record);
        this.updates = new UpdateStage(options.teacher(), critic, options.algorithm(), options.sampling);
        this.record = record;
        this.warnings = new Warnings(!options.algorithm().usesCritic());
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
            new FirstQuestion(examiner, options.pauses).ask(options.tasks);
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
        begun = options.clock.instant();
        warnings.start(options.algorithm().optimization(), options.steps);
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
        tokens += all.stream().mapToLong(this::tokens).sum();
        episodes += all.size();
        values.put("num_tokens", (double) tokens);
        values.put("episode", (double) episodes);
        Instant end = options.clock.instant();
        values.put("step_time", seconds(start, end));
        if (seconds(begun, end) > 0) {
            values.put("eps", episodes / seconds(begun, end));
        }
        StepMetrics metrics = new StepMetrics(step, values);
        warnings.after(metrics, scored);
        record.add(metrics, all);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    /** Of prompt and instruction: TRL counts both. */
    private long tokens(Rollout rollout) {
        Attempt attempt = rollout.attempt();
        Attempt before = new Attempt(
                attempt.task(),
                attempt.sample(),
                attempt.turns().subList(0, attempt.turns().size() - 1));
        return (long) options.teacher().promptTokens(before)
                + attempt.instruction().tokenCount();
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
            throw new TrainingException("none of the " + all.size() + " rollouts of step " + step
                    + " could be scored; the most frequent reason "
                    + Unscored.mostFrequent(all).orElseThrow());
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
            tries.attempt(() -> record.path().ifPresent(path -> new Keeping(options.teacher()).save(path)));
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
