package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Attempt;
import dev.wst.InterruptedRunException;
import dev.wst.InvalidInputException;
import dev.wst.OptimizerStep;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.TrainingDivergedException;
import dev.wst.TrainingState;
import dev.wst.UnavailableException;
import dev.wst.Validation;
import dev.wst.ValueFunction;
import dev.wst.calls.StudentCalls;
import dev.wst.calls.Verdicts;
import dev.wst.rl.Algorithm.Updates;
import dev.wst.rl.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run: step after step, and putting away what came of it however it ends. */
final class Run {
    private final RunPlan plan;
    private final Seed seed;
    private final TaskStream tasks;
    private final StudentCalls students;
    private final RolloutStage rollouts;
    private final Optional<ValueFunction> critic;
    private final RunRecord record;
    private final Warnings warnings;
    private final int updatesBefore;
    private Instant begun = Instant.EPOCH;

    Run(RunPlan plan, Optional<ValueFunction> critic, RunRecord record) {
        this.plan = plan;
        this.seed = new Seed(plan.seed());
        this.tasks = new TaskStream(plan.tasks(), plan.batch(), seed.derive("tasks"));
        this.students = new StudentCalls(plan.student(), plan.limits(), plan.pauses());
        this.rollouts = new RolloutStage(
                plan.teacher(),
                students,
                new Verdicts(plan.reward(), plan.rewardTime(), plan.pauses()),
                plan.outageLimit(),
                record);
        this.critic = critic;
        this.updatesBefore = plan.teacher().updates();
        this.record = record;
        this.warnings = new Warnings(!plan.algorithm().usesCritic());
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
            students.askFirst(plan.tasks());
            plan.listeners().forEach(listener -> listener.onStart(plan.steps()));
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
        begun = plan.clock().instant();
        warnings.start(plan.algorithm().optimization(), plan.steps());
        validate(0);
        TrainingState state = plan.algorithm().start();
        while (state.step() < plan.steps()) {
            state = train(state);
            boolean last = state.step() == plan.steps();
            if (last || (plan.validateEvery() > 0 && state.step() % plan.validateEvery() == 0)) {
                validate(state.step());
            }
        }
    }

    /** One training step: tasks, instructions, answers, rewards, update, record. */
    private TrainingState train(TrainingState before) {
        int step = before.step() + 1;
        InterruptedRunException.check("between two steps");
        record.begin("train", step);
        Instant start = plan.clock().instant();
        Seed stepSeed = seed.derive("step").derive(step);
        List<Situation> tasks = situations(this.tasks.at(step));
        List<Advice> instructions = rollouts.instructions(tasks, plan.sampling(), stepSeed);
        List<Attempt> answers = rollouts.answers(instructions);
        List<Rollout> rewards = rollouts.rewards(answers);
        List<Rollout> scored = scored(step, rewards);
        Updates updates = update(before, scored, stepSeed);
        TrainingState after = updates.state().next(tokens(instructions), tasks.size());
        StepMetrics metrics = metrics(start, rewards, updates, after);
        warnings.after(metrics, scored);
        record.add(metrics, rewards);
        return after;
    }

    private Updates update(TrainingState before, List<Rollout> scored, Seed stepSeed) {
        int step = before.step() + 1;
        OptimizerStep optimizer = plan.algorithm().optimization().at(step, plan.steps());
        Batch batch = new Batch(scored, plan.sampling(), optimizer, stepSeed.derive("minibatches"));
        try {
            return plan.algorithm().update(plan.teacher(), critic, batch, before);
        } catch (TrainingDivergedException e) {
            throw new TrainingDivergedException("step " + step + ": " + e.getMessage(), e);
        }
    }

    private StepMetrics metrics(Instant start, List<Rollout> rewards, Updates updates, TrainingState after) {
        Map<String, Double> values = new LinkedHashMap<>(RolloutMetrics.of(rewards));
        values.putAll(updates.metrics());
        values.put("num_tokens", (double) after.tokens());
        values.put("episode", (double) after.episodes());
        Instant end = plan.clock().instant();
        values.put("step_time", seconds(start, end));
        if (seconds(begun, end) > 0) {
            values.put("eps", after.episodes() / seconds(begun, end));
        }
        return new StepMetrics(after.step(), values);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    /** Of prompts and instructions: TRL counts both. */
    private long tokens(List<Advice> instructions) {
        return instructions.stream()
                .mapToLong(one -> (long) plan.teacher().promptTokens(one.situation())
                        + one.instruction().tokenCount())
                .sum();
    }

    private List<Situation> situations(List<Task> batch) {
        List<Situation> situations = new ArrayList<>();
        for (Task task : batch) {
            for (int sample = 0; sample < plan.samples(); sample++) {
                situations.add(Situation.of(task, sample));
            }
        }
        return situations;
    }

    private static List<Rollout> scored(int step, List<Rollout> all) {
        List<Rollout> scored = all.stream().filter(r -> r.reward().isScored()).toList();
        if (scored.isEmpty()) {
            String message = "none of the " + all.size() + " rollouts of step " + step
                    + " could be scored; the most frequent reason "
                    + Rollout.mostFrequentReason(all).orElseThrow();
            throw all.stream().anyMatch(r -> r.reward().isTemporary())
                    ? new UnavailableException(message)
                    : new InvalidInputException(message);
        }
        return scored;
    }

    /** The teacher, greedy, on the validation tasks. */
    private void validate(int step) {
        if (plan.validation().isEmpty()) {
            return;
        }
        InterruptedRunException.check("before a validation");
        record.begin("validation", step);
        List<Situation> situations =
                plan.validation().stream().map(task -> Situation.of(task, 0)).toList();
        Sampling greedy = plan.sampling().withTemperature(0);
        record.add(new Validation(step, rollouts.run(situations, greedy, seed.derive("validation"))));
    }

    /** @param cause why not all steps were made */
    private void keep(Tries tries, Optional<Throwable> cause) {
        // The flag would make file channels refuse to write; what was learned is kept first.
        boolean flag = Thread.interrupted();
        String during = record.underWay();
        cause.ifPresent(reason -> tries.attempt(() -> record.abandon(reason)));
        if (cause.isEmpty() || plan.teacher().updates() > updatesBefore) {
            tries.attempt(() -> record.path().ifPresent(path -> new Keeping(plan.teacher()).save(path)));
        }
        boolean interrupted =
                cause.filter(InterruptedRunException.class::isInstance).isPresent();
        tries.attempt(
                () -> record.report(new ReportFile(plan, record, interrupted, tries.failure(), during).content()));
        if (flag) {
            Thread.currentThread().interrupt();
        }
    }
}
