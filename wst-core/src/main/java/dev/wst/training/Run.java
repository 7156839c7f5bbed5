package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Attempt;
import dev.wst.BudgetSpentException;
import dev.wst.Ending;
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
import dev.wst.budget.Ledger;
import dev.wst.budget.PriceTable;
import dev.wst.calls.Accounts;
import dev.wst.calls.Verdicts;
import dev.wst.evaluation.NearCopies;
import dev.wst.evaluation.Rounds;
import dev.wst.files.Uninterrupted;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunDescription;
import dev.wst.metrics.RunReport;
import dev.wst.rl.Algorithm.Updates;
import dev.wst.rl.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: step after step, and putting away what came of it however it ends. */
final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(WstTrainer.class);

    private final RunPlan plan;
    private final Seed seed;
    private final TaskOrder tasks;
    private final StudentGroup students;
    private final StudentGroup validationStudents;
    private final RolloutStage rollouts;
    private final StepWriters writers;
    private final EarlierRollouts earlier;
    private final Optional<ValueFunction> critic;
    private final RunRecord record;
    private final Warnings warnings = new Warnings();
    private final CostMetrics costs;
    private final Optional<Ledger> ledger;
    private final int updatesBefore;
    private final Optional<Checkpointing> checkpointing;
    private final BestValidation best;
    private Instant begun = Instant.EPOCH;
    /** Where the run stands between two steps; empty while the teacher is updated, and is neither as before nor as after. */
    private Optional<TrainingState> settled = Optional.empty();

    Run(
            RunPlan plan,
            Optional<ValueFunction> critic,
            RunRecord record,
            Optional<Checkpointing> checkpointing,
            Accounts accounts) {
        this.plan = plan;
        this.seed = new Seed(plan.steps().seed());
        this.tasks = plan.taskOrder();
        this.students = StudentGroup.of(plan.students().training(), plan, accounts);
        this.validationStudents = StudentGroup.of(plan.students().validation(), plan, accounts);
        this.rollouts = new RolloutStage(
                plan.teacher(),
                new Verdicts(
                        plan.reward().with(accounts),
                        plan.asking().rewardTime(),
                        plan.asking().pauses()),
                plan.asking().outageLimit(),
                record);
        this.writers = new StepWriters(
                rollouts,
                plan.learning().warmStart(),
                plan.steps().sampling(),
                plan.steps().samples());
        this.earlier = new EarlierRollouts(plan.learning().reuse());
        this.critic = critic;
        this.updatesBefore = plan.teacher().updates();
        this.record = record;
        this.checkpointing = checkpointing;
        this.costs = new CostMetrics(accounts);
        this.ledger = accounts.ledger();
        this.best = new BestValidation(record.validations());
    }

    /**
     * Goes through all steps that are left.
     *
     * @return why it ended
     */
    Ending complete(Checkpointing.Start start) {
        Tries tries = new Tries();
        Optional<Throwable> cause = Optional.empty();
        Ending ending = Ending.FINISHED;
        try {
            if (plan.asking().accounts().asks()) {
                students.askFirst(plan.tasks());
                validationStudents.askFirst(plan.tasks());
            }
            tellOfStart();
            ending = steps(start);
        } catch (InterruptedRunException e) {
            cause = Optional.of(e);
            ending = Ending.INTERRUPTED;
        } catch (BudgetSpentException e) {
            cause = Optional.of(e);
            ending = Ending.BUDGET_SPENT;
            LOG.warn("{}; the run ends with what it has learned", e.getMessage());
        } catch (RuntimeException | Error e) {
            tries.failed(e);
            cause = Optional.of(e);
            ending = Ending.FAILED;
        }
        keep(tries, cause, ending);
        tries.rethrow();
        return ending;
    }

    private void tellOfStart() {
        if (plan.files().filter(RunFiles::resumes).isPresent()) {
            List<StepMetrics> steps = List.copyOf(record.steps());
            List<Validation> validations = List.copyOf(record.validations());
            plan.listeners().forEach(listener -> listener.onResume(steps, validations));
        }
        plan.listeners().forEach(listener -> listener.onStart(plan.steps().count()));
    }

    private Ending steps(Checkpointing.Start start) {
        begun = plan.clock().instant().minus(start.time());
        warnings.start(plan.learning().algorithm().optimization(), plan.steps().count());
        warnings.copies(NearCopies.between(plan.tasks(), plan.measuring().tasks()));
        TrainingState state = start.state();
        recall(state.step(), start.rollouts());
        validateAndKeep(state);
        while (state.step() < plan.steps().count()
                && !best.isOver(plan.measuring().patience())) {
            state = train(state);
            validateAndKeep(state);
        }
        if (!best.isOver(plan.measuring().patience())) {
            return Ending.FINISHED;
        }
        checkpointing.ifPresent(Checkpointing::restoreBest);
        return Ending.STOPPED_EARLY;
    }

    /** Goes through earlier steps where what comes goes by them: the order of tasks, and what is learned from again. */
    private void recall(int steps, List<RecordedRollout> rollouts) {
        Map<Integer, List<Rollout>> bySteps = rollouts.stream()
                .filter(one -> one.split().equals(RecordedRollout.TRAIN))
                .collect(Collectors.groupingBy(
                        RecordedRollout::step, Collectors.mapping(RecordedRollout::rollout, Collectors.toList())));
        for (int step = 1; step <= steps && !bySteps.isEmpty(); step++) {
            List<Rollout> instructions = Rollout.perInstruction(bySteps.getOrDefault(step, List.of()));
            tasks.at(step);
            tasks.after(instructions);
            if (step > steps - plan.learning().reuse() || writers.areSeveral(step)) {
                List<Rollout> scored =
                        plan.learning().refinement().credited(scored(step, instructions), this.rollouts::judged);
                earlier.add(writers.after(scored, step, ofStep(step)).again());
            }
        }
    }

    /** What comes between two steps. A run that is resumed may have done some of it already. */
    private void validateAndKeep(TrainingState state) {
        int step = state.step();
        settled = Optional.of(state);
        boolean isDue = step == 0
                || step == plan.steps().count()
                || (plan.measuring().every() > 0 && step % plan.measuring().every() == 0);
        Optional<Validation> validation = isDue && !record.isValidated(step) ? validate(step) : Optional.empty();
        checkpointing.ifPresent(c -> c.after(state, time(), validation));
    }

    /** That the run has taken, over all its processes. */
    private Duration time() {
        return Duration.between(begun, plan.clock().instant());
    }

    /** One training step: tasks, instructions, answers, rewards, update, record. */
    private TrainingState train(TrainingState before) {
        int step = before.step() + 1;
        InterruptedRunException.check("between two steps");
        record.begin(RecordedRollout.TRAIN, step);
        Instant start = plan.clock().instant();
        costs.begin();
        Seed stepSeed = ofStep(step);
        List<Situation> tasks = situations(this.tasks.at(step));
        List<Attempt> answers = answers(tasks, situations -> writers.write(situations, step, stepSeed));
        List<Rollout> rewards = rollouts.rewards(answers);
        List<Rollout> instructions = Rollout.perInstruction(rewards);
        this.tasks.after(instructions);
        List<Rollout> scored = plan.learning().refinement().credited(scored(step, instructions), rollouts::judged);
        StepWriters.Lessons lessons = writers.after(scored, step, stepSeed);
        settled = Optional.empty();
        Updates updates = update(before, lessons.now(), stepSeed);
        earlier.add(lessons.again());
        if (plan.learning().averaged() > 0) {
            plan.teacher()
                    .includeInMean(Math.max(1.0 / step, 1.0 / plan.learning().averaged()));
        }
        TrainingState after = updates.state().next(tokens(instructions), tasks.size());
        StepMetrics metrics = metrics(start, rewards, updates, after);
        warnings.after(step, scored);
        record.add(metrics, rewards);
        return after;
    }

    private Seed ofStep(int step) {
        return seed.derive("step").derive(step);
    }

    private Updates update(TrainingState before, List<Rollout> scored, Seed stepSeed) {
        int step = before.step() + 1;
        OptimizerStep optimizer =
                plan.learning().algorithm().optimization().at(step, plan.steps().count());
        Batch batch = new Batch(scored, plan.steps().sampling(), optimizer, stepSeed.derive("minibatches"));
        try {
            return plan.learning().warmStart().covers(step)
                    ? plan.learning().warmStart().update(plan.teacher(), batch, before)
                    : plan.learning()
                            .algorithm()
                            .update(plan.teacher(), critic, batch.withEarlier(earlier.newestFirst()), before);
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
        values.putAll(costs.values());
        return new StepMetrics(after.step(), values);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    /** The teacher writes and the students answer, round after round; the drafts are in the situations of the last answers. */
    private List<Attempt> answers(List<Situation> tasks, Function<List<Situation>, List<Advice>> write) {
        return Rounds.of(
                tasks,
                plan.learning().refinement().rounds(),
                write,
                instructions -> rollouts.answers(instructions, students));
    }

    /** Of prompts and instructions: TRL counts both. */
    private long tokens(List<Rollout> instructions) {
        return instructions.stream()
                .flatMap(one -> one.attempt().withDrafts().stream())
                .mapToLong(one -> (long) plan.teacher().promptTokens(one.situation())
                        + one.instruction().tokenCount())
                .sum();
    }

    private List<Situation> situations(List<Task> batch) {
        List<Situation> situations = new ArrayList<>();
        for (Task task : batch) {
            for (int sample = 0; sample < plan.steps().samples(); sample++) {
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
    private Optional<Validation> validate(int step) {
        if (plan.measuring().tasks().isEmpty()) {
            return Optional.empty();
        }
        InterruptedRunException.check("before a validation");
        record.begin(RecordedRollout.VALIDATION, step);
        List<Situation> situations = plan.measuring().tasks().stream()
                .map(task -> Situation.of(task, 0))
                .toList();
        Sampling greedy = plan.steps().sampling().withTemperature(0);
        Seed own = seed.derive("validation");
        Supplier<List<Attempt>> answering =
                () -> answers(situations, asked -> rollouts.instructions(asked, greedy, own));
        List<Attempt> answered = plan.learning().averaged() > 0 ? plan.teacher().withMean(answering) : answering.get();
        List<Rollout> judged = rollouts.rewards(answered);
        List<Advice> instructions = Rollout.perInstruction(judged).stream()
                .map(one -> one.attempt().advice())
                .toList();
        Validation validation = new Validation(step, judged, transfer(step, instructions));
        record.add(validation);
        return Optional.of(validation);
    }

    /** The same instructions with the students of validations. */
    private List<Rollout> transfer(int step, List<Advice> instructions) {
        if (validationStudents.members().isEmpty()) {
            return List.of();
        }
        record.begin(RecordedRollout.TRANSFER, step);
        return rollouts.rewards(rollouts.answers(instructions, validationStudents));
    }

    /** @param cause why not all steps were made */
    private void keep(Tries tries, Optional<Throwable> cause, Ending ending) {
        Uninterrupted.run(() -> putAway(tries, cause, ending));
    }

    private void putAway(Tries tries, Optional<Throwable> cause, Ending ending) {
        String during = record.underWay();
        if (cause.isPresent()) {
            // Before the lines of a step that will be made again: they are no part of what the checkpoint holds.
            checkpointing.ifPresent(c -> settled.ifPresent(state -> tries.attempt(() -> c.atEnd(state, time()))));
            tries.attempt(() -> record.abandon(cause.get()));
        }
        if (plan.learning().averaged() > 0) {
            tries.attempt(plan.teacher()::adoptMean);
        }
        if (cause.isEmpty() || plan.teacher().updates() > updatesBefore) {
            tries.attempt(() -> plan.files()
                    .ifPresent(files -> new Keeping(plan.teacher(), files.resumes()).save(files.directory())));
        }
        tries.attempt(() ->
                checkpointing.ifPresent(c -> record.report(report(c.description(), ending, tries.failure(), during))));
    }

    private RunReport report(RunDescription description, Ending ending, Optional<Throwable> failure, String during) {
        List<StepMetrics> steps = record.steps();
        return new RunReport(
                description,
                new RunConfiguration(plan).settings(),
                steps.size(),
                failure.isPresent() ? Ending.FAILED : ending,
                failure.map(e -> RunReport.Failure.of(e, during)),
                record.validations().stream().map(RunReport.Mean::of).toList(),
                steps.isEmpty() ? Map.of() : steps.get(steps.size() - 1).values(),
                ledger.map(Run::bill),
                best.transfer(ending));
    }

    private static RunReport.Bill bill(Ledger ledger) {
        return new RunReport.Bill(
                ledger.spent().cost(), ledger.budget().prices().map(PriceTable::currency));
    }
}
