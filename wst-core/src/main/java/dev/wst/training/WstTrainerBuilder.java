package dev.wst.training;

import dev.wst.RewardFunction;
import dev.wst.Sampling;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.TrainingListener;
import dev.wst.ValueFunction;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Budget;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.critic.DeepCritic;
import dev.wst.evaluation.Examiner;
import dev.wst.rl.Algorithm;
import dev.wst.rl.Ppo;
import dev.wst.rl.WarmStart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link WstTrainer}; made by {@link WstTrainer#builder}. Teacher, student, reward and tasks must be given;
 * everything else has the default that its method names. Bad values are refused at the call.
 *
 * <pre>{@code
 * WstTrainer trainer = WstTrainer.builder()
 *         .teacher(teacher).student(student).reward(reward)
 *         .tasks(tasks).validation(heldOut).validateEvery(20)
 *         .algorithm(Grpo.defaults()).batch(16).samples(8).steps(300)
 *         .studentCalls(CallLimits.defaults().withConcurrency(32))
 *         .build();
 * }</pre>
 */
public final class WstTrainerBuilder {
    private @Nullable TeacherPolicy teacher;
    private RunStudents students = RunStudents.none();
    private @Nullable RunReward reward;
    private @Nullable ValueFunction critic;
    private Algorithm algorithm = Ppo.defaults();
    private WarmStart warmStart = WarmStart.none();
    private Refinement refinement = Refinement.none();
    private int samples;
    private List<Task> tasks = List.of();
    private List<Task> validation = List.of();
    private boolean drawsBySignal;
    private int reuse;
    private int averaged;
    private int steps = 100;
    private int batch = 8;
    private long seed;
    private int validateEvery;
    private CallLimits limits = CallLimits.defaults();
    private GivenAccounts accounts = GivenAccounts.none();
    private Sampling sampling = Sampling.defaults();
    private RunFiles files;
    private OptionalInt patience = OptionalInt.empty();
    private Duration rewardTime = Examiner.REWARD_TIME;
    private Duration outageLimit = Duration.ofMinutes(30);
    private Consumer<Duration> pauses = StudentCalls::sleep;
    private InstantSource clock = InstantSource.system();
    private final List<TrainingListener> listeners = new ArrayList<>();

    /** @param resumed directory of a run that goes on */
    WstTrainerBuilder(Optional<Path> resumed) {
        files = RunFiles.of(resumed);
    }

    /** The policy that is trained; it stays open. */
    public WstTrainerBuilder teacher(TeacherPolicy value) {
        teacher = Objects.requireNonNull(value, "teacher");
        return this;
    }

    /** The frozen model that answers. */
    public WstTrainerBuilder student(StudentClient value) {
        students = students.alone(RunStudent.alone(value));
        return this;
    }

    /**
     * One of several frozen models; may be called several times. Each instruction is put to all of them, one after another, and its
     * reward is the mean over them; where one of them gives nothing that can be scored, the instruction has none. All answers are
     * paid from the same budget.
     *
     * @param name letters, digits and {@code . _ : -}; stands in metrics, records and messages
     * @throws IllegalArgumentException if it is no such name, or another student has it
     * @throws IllegalStateException if there is a student without a name
     */
    public WstTrainerBuilder student(String name, StudentClient value) {
        students = students.and(RunStudent.named(name, value));
        return this;
    }

    /**
     * A frozen model that only answers what the teacher writes in validations, so that a teacher trained with a cheap student is
     * measured with the one it is meant for; may be called several times. What training did for it stands in
     * {@link dev.wst.TrainingReport#transfer}. Stopping early and the best checkpoint go by the students of training.
     *
     * <pre>{@code
     * WstTrainer trainer = WstTrainer.builder()
     *         .teacher(teacher).student("small", student)
     *         .validationStudent("large", LangChain4jStudent.of(chatModel))
     *         .reward(reward).tasks(tasks).validation(heldOut)
     *         .build();
     * }</pre>
     *
     * @param name as of {@link #student(String, StudentClient)}
     */
    public WstTrainerBuilder validationStudent(String name, StudentClient value) {
        students = students.andValidation(RunStudent.named(name, value));
        return this;
    }

    /**
     * k, how often each student answers each instruction; 1 unless given. The reward is the mean over the answers that have one:
     * with a student that is not greedy, less of it is luck.
     */
    public WstTrainerBuilder answersPerInstruction(int value) {
        students = students.withAnswers(PlanChecks.atLeastOne("answersPerInstruction", value));
        return this;
    }

    /** The judge. */
    public WstTrainerBuilder reward(RewardFunction value) {
        reward = RunReward.of(value);
        return this;
    }

    /**
     * A judge that asks models itself, made with the accounts of the run: what they reply is kept with the run's answers, and paid
     * from its ledger.
     *
     * <pre>{@code
     * WstTrainer trainer = WstTrainer.builder()
     *         .teacher(teacher).student(student).tasks(tasks)
     *         .rewardFrom(accounts -> RubricReward.of(judge.with(accounts), Rubric.of("The answer is polite.")))
     *         .budget(Budget.unlimited().withCalls(10_000))
     *         .build();
     * }</pre>
     *
     * @param made called here with {@link Accounts#none()}, for what asks nobody, and again when the run begins
     */
    public WstTrainerBuilder rewardFrom(Function<Accounts, RewardFunction> made) {
        reward = RunReward.from(made);
        return this;
    }

    /**
     * What is trained on.
     *
     * @throws IllegalArgumentException if there is none, or two have one id
     */
    public WstTrainerBuilder tasks(List<Task> value) {
        tasks = TaskChecks.training(value);
        return this;
    }

    /**
     * Draws a task less often while all instructions for it earn the same, since that teaches nothing: from the second pass over the
     * tasks on, it takes part in one pass of four. Each task is drawn as often as any other unless this is given.
     */
    public WstTrainerBuilder drawBySignal() {
        drawsBySignal = true;
        return this;
    }

    /**
     * Learns again from the rollouts of so many steps before each step, which costs time but no call of the student; from none unless
     * given. Rewards are compared within their own step, and each token counts with its truncated importance weight under the present
     * policy. The steps of a warm start reuse nothing; what they drew is learned from again after them.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public WstTrainerBuilder reuse(int steps) {
        reuse = PlanChecks.atLeastOne("reuse", steps);
        return this;
    }

    /**
     * Measures, and ends with, the mean of the teacher's weights over about the last so many steps, instead of the weights of the last
     * (arXiv 1803.05407): each step moves them by what a handful of answers happened to be, which the mean evens out. Instructions are
     * drawn from the weights themselves. After step t the mean moves by {@code max(1/t, 1/steps)} of its distance to the weights. The
     * weights themselves unless given.
     *
     * @throws IllegalArgumentException if it is below 2
     */
    public WstTrainerBuilder averageWeights(int steps) {
        if (steps < 2) {
            throw new IllegalArgumentException("weights are averaged over at least 2 steps, got " + steps);
        }
        averaged = steps;
        return this;
    }

    /**
     * What the teacher is measured on before, during and after training; none by default.
     *
     * @throws IllegalArgumentException if two have one id
     */
    public WstTrainerBuilder validation(List<Task> value) {
        validation = TaskChecks.validation(value);
        return this;
    }

    /** {@link Ppo#defaults()} unless given. */
    public WstTrainerBuilder algorithm(Algorithm value) {
        algorithm = Objects.requireNonNull(value, "algorithm");
        return this;
    }

    /** Steps of imitation before the algorithm takes over; none unless given. They count among {@link #steps}. */
    public WstTrainerBuilder warmStart(WarmStart value) {
        warmStart = Objects.requireNonNull(value, "warmStart");
        return this;
    }

    /** How often the teacher writes for a sample, reading the student's draft in between; once unless given. */
    public WstTrainerBuilder refinement(Refinement value) {
        refinement = Objects.requireNonNull(value, "refinement");
        return this;
    }

    /** The value function of PPO; a {@link DeepCritic} of 128 hidden units unless given. */
    public WstTrainerBuilder critic(ValueFunction value) {
        critic = Objects.requireNonNull(value, "critic");
        return this;
    }

    /** Training steps; 100 unless given. */
    public WstTrainerBuilder steps(int value) {
        steps = PlanChecks.atLeastOne("steps", value);
        return this;
    }

    /** B, tasks of a step; 8 unless given. */
    public WstTrainerBuilder batch(int value) {
        batch = PlanChecks.atLeastOne("batch", value);
        return this;
    }

    /** G, instructions sampled for each task of a step; the algorithm's own number unless given. */
    public WstTrainerBuilder samples(int value) {
        samples = PlanChecks.atLeastOne("samples", value);
        return this;
    }

    /** How instructions are drawn in training; {@link Sampling#defaults()} unless given. */
    public WstTrainerBuilder sampling(Sampling value) {
        sampling = PlanChecks.varied(value);
        return this;
    }

    /** The root of all randomness; 0 unless given. */
    public WstTrainerBuilder seed(long value) {
        seed = value;
        return this;
    }

    /** Steps between validations; by default only before the first and after the last. */
    public WstTrainerBuilder validateEvery(int value) {
        validateEvery = PlanChecks.atLeastOne("validateEvery", value);
        return this;
    }

    /**
     * How each student is asked: so many at once, for so long, again so often; {@link CallLimits#defaults()} unless given. A
     * student in the same JVM ({@link dev.wst.student.TransformerChatModel}) answers a step's questions together and takes the
     * time it needs; none of it applies to it.
     */
    public WstTrainerBuilder studentCalls(CallLimits value) {
        limits = Objects.requireNonNull(value, "limits");
        return this;
    }

    /**
     * How one of several students is asked, where that is not as all others; name it before.
     *
     * @throws IllegalArgumentException if there is no student of this name
     */
    public WstTrainerBuilder studentCalls(String name, CallLimits value) {
        students = students.withLimits(name, value);
        return this;
    }

    /**
     * Where the student's answers are kept, shared with other runs: what one of them has asked is not asked again. Unless given,
     * a run with a directory keeps them there, and one without keeps none. Close the store when all runs have ended.
     */
    public WstTrainerBuilder answers(AnswerStore shared) {
        accounts = accounts.sharing(shared);
        return this;
    }

    /**
     * Trains on the answers of an earlier run without one call, with another reward, algorithm or seed as long as all questions
     * recur: one that does not ends the run with an {@link dev.wst.InvalidInputException} that names it.
     *
     * @param kept answers of the earlier run, in its directory as answers.sqlite; of a student of the same name
     */
    public WstTrainerBuilder replay(AnswerStore kept) {
        accounts = accounts.replaying(kept);
        return this;
    }

    /**
     * The most that the run may use: calls of the student, tokens, money, time; retries and validation count. When it is spent the
     * run ends with what it has learned, {@link dev.wst.Ending#BUDGET_SPENT}, and can be resumed with a larger one.
     * {@link Budget#unlimited} unless given. Judges draw on it if they are made by {@link #rewardFrom}. Refused beside a
     * {@link #ledger}, which has a budget of its own.
     */
    public WstTrainerBuilder budget(Budget value) {
        accounts = accounts.within(value);
        return this;
    }

    /** The ledger from which all calls are paid, shared with other runs; one for {@link #budget}, which is refused beside it. */
    public WstTrainerBuilder ledger(Ledger shared) {
        accounts = accounts.paidFrom(shared);
        return this;
    }

    /**
     * How long a reward may take for one attempt, 10 minutes unless given; one that judges a batch in one go has it for the
     * batch. A reward that takes longer ends the run with a {@link dev.wst.RewardException} that names task and sample; one
     * that takes a tenth of it is named in the log.
     */
    public WstTrainerBuilder rewardTime(Duration value) {
        rewardTime = PlanChecks.positive("a reward's time", value);
        return this;
    }

    /**
     * How long a step waits in all, with growing pauses, for a student that answers none of its questions or a judge that
     * scores none of its answers, before the run ends with what it learned saved; 30 minutes unless given. Zero ends it at
     * once. Wrong keys and refused requests are not waited for.
     */
    public WstTrainerBuilder outageLimit(Duration value) {
        outageLimit = PlanChecks.notNegative("the limit of an outage", value);
        return this;
    }

    /** How the run waits, for tests. */
    WstTrainerBuilder pauses(Consumer<Duration> value) {
        pauses = value;
        return this;
    }

    /**
     * Where the run leaves its metrics, rollouts, checkpoints, adapter and report; it must not exist yet. Nowhere unless given.
     *
     * @throws IllegalStateException if this is the configuration of a run that is resumed in the directory where it was
     */
    public WstTrainerBuilder runDirectory(Path value) {
        files = files.in(value);
        return this;
    }

    /**
     * Steps from one checkpoint to the next; by default every two minutes. There is one before the first step, after the last,
     * whenever a validation is the best so far, and when the run is interrupted or fails between two updates.
     */
    public WstTrainerBuilder checkpointEvery(int value) {
        files = files.every(value);
        return this;
    }

    /** Time from one checkpoint to the next, which {@link #checkpointEvery(int)} does not put off; 2 minutes unless given. */
    public WstTrainerBuilder checkpointEvery(Duration value) {
        files = files.every(value);
        return this;
    }

    /** How many of the newest checkpoints stay, beside that with the best validation; 2 unless given. */
    public WstTrainerBuilder checkpointsKept(int value) {
        files = files.keeping(value);
        return this;
    }

    /**
     * Writes lengths and hashes of questions, instructions, answers and reasons into the run directory instead of the texts.
     * Rewards, metrics and ids of tasks are written as they are. Answers are not kept on the disk then: a run that is resumed asks
     * again for those of the step it was in.
     */
    public WstTrainerBuilder redactTexts() {
        files = files.redactedTexts();
        return this;
    }

    /**
     * Ends the run when so many validations in a row were no better than the best before them, and gives the teacher back what it
     * had learned at the best one; needs validation tasks and a run directory, whose checkpoints it comes from. A run makes all
     * its steps unless this is given.
     */
    public WstTrainerBuilder stopEarly(int patience) {
        this.patience = OptionalInt.of(PlanChecks.atLeastOne("the patience of stopEarly", patience));
        return this;
    }

    /** Somebody to be told; may be called several times. Where nobody is, steps and validations are logged at level INFO. */
    public WstTrainerBuilder listener(TrainingListener value) {
        listeners.add(Objects.requireNonNull(value, "listener"));
        return this;
    }

    /** The clock that times are measured by. */
    public WstTrainerBuilder clock(InstantSource value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /**
     * The trainer.
     *
     * @throws IllegalStateException if teacher, student, reward or tasks are missing
     * @throws IllegalArgumentException if the parts do not fit together
     * @throws dev.wst.InvalidInputException if an instruction of a warm start is longer than what the teacher may write
     * @throws UnsupportedOperationException if the teacher cannot read the instructions of a warm start as its own
     */
    public WstTrainer build() {
        return new WstTrainer(new RunPlan(
                PlanChecks.require(teacher, "teacher"),
                students.required(),
                PlanChecks.require(reward, "reward"),
                PlanChecks.requireSome(tasks, "tasks", "tasks"),
                new Steps(steps, batch, samples > 0 ? samples : algorithm.defaultSamples(), seed, sampling),
                new Learning(
                        algorithm, Optional.ofNullable(critic), warmStart, refinement, drawsBySignal, reuse, averaged),
                new Measuring(validation, validateEvery, patience),
                new Asking(limits, accounts, rewardTime, outageLimit, pauses),
                files.place().map(directory -> files),
                listeners,
                clock));
    }
}
