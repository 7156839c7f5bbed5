package dev.wst.training;

import dev.wst.EnvironmentException;
import dev.wst.RewardFunction;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.TrainingListener;
import dev.wst.ValueFunction;
import dev.wst.budget.Journal;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.critic.DeepCritic;
import dev.wst.diagnosis.RunWatch;
import dev.wst.metrics.Progress;
import dev.wst.metrics.RunDirectory;
import dev.wst.rl.Algorithm;
import dev.wst.rl.WarmStart;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run is made of, checked: what {@link WstTrainerBuilder} gathered when it was asked to build.
 *
 * @param givenCritic the user's own; a fresh one is made where the algorithm needs it
 * @param warmStart the steps before the algorithm takes over
 * @param refinement how often the teacher writes for a sample
 * @param samples G, instructions for each task of a step
 * @param batch B, tasks of a step
 * @param drawsBySignal whether tasks that taught nothing are drawn less often
 * @param reuse of how many steps before it a step learns again
 * @param averaged over how many steps, about, the mean of the teacher's weights is taken; 0 for none
 * @param validateEvery steps between validations; 0 for before the first and after the last only
 * @param patience validations in a row that may be no better than the best before; empty for any number
 * @param files where it leaves its traces
 * @param listeners told of the run; the log where nobody was given, and always what looks for symptoms
 * @param pauses waits
 */
record RunPlan(
        TeacherPolicy teacher,
        RunStudents students,
        RunReward reward,
        Optional<ValueFunction> givenCritic,
        Algorithm algorithm,
        WarmStart warmStart,
        Refinement refinement,
        List<Task> tasks,
        List<Task> validation,
        boolean drawsBySignal,
        int reuse,
        int averaged,
        int steps,
        int batch,
        int samples,
        int validateEvery,
        long seed,
        Sampling sampling,
        CallLimits limits,
        GivenAccounts givenAccounts,
        Duration rewardTime,
        Duration outageLimit,
        OptionalInt patience,
        Optional<RunFiles> files,
        List<TrainingListener> listeners,
        InstantSource clock,
        Consumer<Duration> pauses) {
    private static final Logger LOG = LoggerFactory.getLogger(WstTrainer.class);

    RunPlan {
        tasks = List.copyOf(tasks);
        validation = List.copyOf(validation);
        TrainingListener watch =
                RunWatch.telling(RewardFunction.describe(reward.bare()), finding -> LOG.warn("{}", finding));
        listeners = Stream.concat(
                        listeners.isEmpty()
                                ? Stream.of(Progress.plain(LOG::info, clock, Duration.ZERO))
                                : listeners.stream(),
                        Stream.of(watch))
                .toList();
    }

    /** Where the calls of a run without a directory are kept and paid from. */
    Accounts accounts() {
        return givenAccounts.open(Optional.empty(), Journal.none(), clock);
    }

    /** What the run writes of texts. What is learned from again has to outlast the process. */
    RunDirectory.Detail detail() {
        if (files.filter(RunFiles::redacted).isPresent()) {
            return RunDirectory.Detail.REDACTED;
        }
        return reuse > 0 ? RunDirectory.Detail.TEXTS_AND_TOKENS : RunDirectory.Detail.TEXTS;
    }

    TaskOrder taskOrder() {
        Seed own = new Seed(seed).derive("tasks");
        return drawsBySignal ? new SignalStream(tasks, batch, own) : new TaskStream(tasks, batch, own);
    }

    /**
     * A critic for this run alone.
     *
     * @throws EnvironmentException if what it runs on is not there; the message says what to add
     */
    ValueFunction freshCritic() {
        try {
            return DeepCritic.of(teacher.width(), seed);
        } catch (LinkageError e) {
            throw new EnvironmentException(
                    "PPO's critic runs on Deeplearning4j, which does not load (" + e + "); add"
                            + " org.deeplearning4j:deeplearning4j-nn:1.0.0-M2.1 and an ND4J backend, such as"
                            + " org.nd4j:nd4j-native:1.0.0-M2.1 and the same with your platform's classifier, to the class"
                            + " path, give the trainer a critic of your own, or train by GRPO",
                    e);
        }
    }
}
