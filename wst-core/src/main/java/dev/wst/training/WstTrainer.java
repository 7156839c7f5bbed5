package dev.wst.training;

import dev.wst.Ending;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.Trainer;
import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.ValueFunction;
import dev.wst.budget.Budget;
import dev.wst.budget.Cost;
import dev.wst.calls.Accounts;
import dev.wst.metrics.RunDescription;
import dev.wst.metrics.RunDirectory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

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
    private final RunPlan plan;
    private final AtomicBoolean started = new AtomicBoolean();

    WstTrainer(RunPlan plan) {
        PlanChecks.requireFitting(plan);
        this.plan = plan;
    }

    /** Begins a configuration. */
    public static WstTrainerBuilder builder() {
        return new WstTrainerBuilder(Optional.empty());
    }

    /**
     * Begins the configuration of a run that goes on where it was when it was killed, interrupted or failed: from its newest
     * checkpoint, with the answers that it has kept. Everything that decides the run must be as it was; what differs is listed
     * when {@link #fit} refuses it. Limits of calls, budgets and listeners may be others. The outcome is that of a run that never
     * stopped.
     *
     * <pre>{@code
     * TrainingReport report = WstTrainer.resume(Path.of("runs/first"))
     *         .teacher(teacher).student(student).reward(reward).tasks(tasks)
     *         .algorithm(Ppo.defaults()).steps(200).seed(17)
     *         .build()
     *         .fit();
     * }</pre>
     *
     * @param runDirectory of the run
     */
    public static WstTrainerBuilder resume(Path runDirectory) {
        return new WstTrainerBuilder(Optional.of(runDirectory));
    }

    /**
     * What the calls of the whole run will need: the sum of {@link #estimateByCaller}.
     *
     * @throws dev.wst.InvalidInputException if tokens or money are bounded and nothing bounds an answer, or a model has no price
     */
    public Cost estimate() {
        return estimateByCaller().values().stream().reduce(Cost.NONE, Cost::plus);
    }

    /**
     * What the calls of the whole run will need, without retries, for each student ("student", or "student NAME" and "validation
     * student NAME") and for each model that the reward asks ("reward: MODEL"). So many calls; input tokens as the teacher's tokenizer
     * counts the tasks, with instructions of the greatest length; output tokens at their bound; money by the budget's prices, where the
     * budget pays. Nothing is asked.
     *
     * <p>The reward's are those that it says it may make at most ({@link dev.wst.RewardFunction#calls}): answers that recur are
     * judged once. It reads answers at the bound of the students, or hardly any where nothing bounds them.
     *
     * @throws dev.wst.InvalidInputException if tokens or money are bounded and nothing bounds an answer, or a model has no price
     */
    public Map<String, Cost> estimateByCaller() {
        return Collections.unmodifiableMap(new RunEstimate(plan).whole());
    }

    /**
     * {@inheritDoc}
     *
     * <p>However a run ends, its run directory holds the rollouts of the last step, as far as they came, and a report that
     * names the failure; and, once the teacher was updated at all, what it learned. If it did not come to its end, {@link #resume}
     * goes on with it, even if the process was killed.
     *
     * @throws dev.wst.TrainingDivergedException if a loss or gradient is not finite
     * @throws dev.wst.RewardException if the reward function fails
     * @throws dev.wst.UnavailableException if another run trains the same teacher or critic, if the student does not answer a
     *     first question, which is asked before anything is written, or if no rollout of a step could be scored for a reason that may pass
     * @throws dev.wst.InvalidInputException if the student does not know the caller or the model, if no rollout of a step could be
     *     scored for another reason, or if the run directory exists, or holds no run that can be
     *     resumed so
     * @throws IllegalStateException if it was called before
     * @throws dev.wst.EnvironmentException if the run directory or the adapter cannot be written
     */
    @Override
    public TrainingReport fit() {
        if (started.getAndSet(true)) {
            throw new IllegalStateException("this trainer has run already; build another to train further");
        }
        teacher().beginTraining();
        try {
            return fitAlone();
        } finally {
            teacher().endTraining();
        }
    }

    private TrainingReport fitAlone() {
        for (List<Task> tasks : List.of(plan.tasks(), plan.measuring().tasks())) {
            for (Task task : tasks) {
                plan.reward().bare().check(task);
                teacher().check(task, plan.steps().sampling());
            }
        }
        Budget budget = plan.asking().accounts().budget();
        if (!budget.equals(Budget.unlimited())) {
            budget.check(new RunEstimate(plan).step(), "one step");
        }
        if (!plan.learning().algorithm().usesCritic()) {
            return fit(Optional.empty());
        }
        if (plan.learning().critic().isPresent()) {
            ValueFunction given = plan.learning().critic().get();
            given.beginTraining();
            try {
                return fit(Optional.of(given));
            } finally {
                given.endTraining();
            }
        }
        try (ValueFunction critic = plan.freshCritic()) {
            return fit(Optional.of(critic));
        }
    }

    private TrainingReport fit(Optional<ValueFunction> critic) {
        if (plan.files().isEmpty()) {
            RunRecord record = new RunRecord(plan.listeners(), Optional.empty());
            return fit(critic, record, Optional.empty(), plan.accounts());
        }
        RunFiles files = plan.files().get();
        RunDescription description = new RunConfiguration(plan).description();
        try (RunDirectory directory = files.resumes()
                ? RunDirectory.reopen(files.directory(), plan.detail())
                : RunDirectory.create(
                        files.directory(),
                        description,
                        plan.tasks(),
                        plan.measuring().tasks(),
                        plan.detail())) {
            RunRecord record = new RunRecord(plan.listeners(), Optional.of(directory));
            Checkpointing checkpointing = new Checkpointing(plan, files, directory, description, critic);
            // After the checks: what cannot be resumed is left as it is.
            try (RunAccounts accounts = RunAccounts.open(plan, files)) {
                return fit(critic, record, Optional.of(checkpointing), accounts.accounts());
            }
        }
    }

    private TrainingReport fit(
            Optional<ValueFunction> critic,
            RunRecord record,
            Optional<Checkpointing> checkpointing,
            Accounts accounts) {
        Checkpointing.Start start =
                checkpointing.map(c -> c.begin(record)).orElseGet(() -> Checkpointing.Start.of(plan));
        Ending ending = completed(new Run(plan, critic, record, checkpointing, accounts), start);
        TrainingReport report = new TrainingReport(
                teacher(),
                record.steps(),
                record.validations(),
                record.path(),
                ending,
                new BestValidation(record.validations()).transfer(ending));
        plan.listeners().forEach(listener -> listener.onEnd(report));
        return report;
    }

    private Ending completed(Run run, Checkpointing.Start start) {
        try {
            return run.complete(start);
        } catch (RuntimeException | Error e) {
            for (TrainingListener listener : plan.listeners()) {
                try {
                    listener.onFailure(e);
                } catch (RuntimeException second) {
                    e.addSuppressed(second);
                }
            }
            throw e;
        }
    }

    private TeacherPolicy teacher() {
        return plan.teacher();
    }
}
