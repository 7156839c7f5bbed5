package dev.wst.training;

import dev.wst.EnvironmentException;
import dev.wst.RewardFunction;
import dev.wst.Seed;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.TrainingListener;
import dev.wst.ValueFunction;
import dev.wst.budget.Journal;
import dev.wst.calls.Accounts;
import dev.wst.critic.DeepCritic;
import dev.wst.diagnosis.RunWatch;
import dev.wst.metrics.Progress;
import dev.wst.metrics.RunDirectory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run is made of, checked: what {@link WstTrainerBuilder} gathered when it was asked to build.
 *
 * @param tasks to train on
 * @param files where it leaves its traces
 * @param listeners told of the run; the log where nobody was given, and always what looks for symptoms
 * @param clock that times are measured by
 */
record RunPlan(
        TeacherPolicy teacher,
        RunStudents students,
        RunReward reward,
        List<Task> tasks,
        Steps steps,
        Learning learning,
        Measuring measuring,
        Asking asking,
        Optional<RunFiles> files,
        List<TrainingListener> listeners,
        InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(WstTrainer.class);

    RunPlan {
        tasks = List.copyOf(tasks);
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
        return asking.accounts().open(Optional.empty(), Journal.none(), clock);
    }

    /** What the run writes of texts. What is learned from again has to outlast the process. */
    RunDirectory.Detail detail() {
        if (files.filter(RunFiles::redacted).isPresent()) {
            return RunDirectory.Detail.REDACTED;
        }
        return learning.reuse() > 0 ? RunDirectory.Detail.TEXTS_AND_TOKENS : RunDirectory.Detail.TEXTS;
    }

    TaskOrder taskOrder() {
        Seed own = new Seed(steps.seed()).derive("tasks");
        return learning.drawsBySignal()
                ? new SignalStream(tasks, steps.batch(), own)
                : new TaskStream(tasks, steps.batch(), own);
    }

    /**
     * A critic for this run alone.
     *
     * @throws EnvironmentException if what it runs on is not there; the message says what to add
     */
    ValueFunction freshCritic() {
        try {
            return DeepCritic.of(teacher.width(), steps.seed());
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
