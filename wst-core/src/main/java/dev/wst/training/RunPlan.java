package dev.wst.training;

import dev.wst.EnvironmentException;
import dev.wst.RewardFunction;
import dev.wst.Sampling;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.TrainingListener;
import dev.wst.ValueFunction;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Budget;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.critic.DeepCritic;
import dev.wst.rl.Algorithm;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What a run is made of, checked: what {@link WstTrainerBuilder} gathered when it was asked to build.
 *
 * @param givenCritic the user's own; a fresh one is made where the algorithm needs it
 * @param samples G, instructions for each task of a step
 * @param batch B, tasks of a step
 * @param validateEvery steps between validations; 0 for before the first and after the last only
 * @param sharedAnswers where answers are kept instead of in the run's own directory
 * @param asks whether the student is asked for what is not kept
 * @param ledger from which calls are paid instead of from one of the run's own
 * @param budget of the run's own ledger
 * @param patience validations in a row that may be no better than the best before; empty for any number
 * @param files where it leaves its traces
 * @param listeners told of the run, at least one
 * @param pauses waits
 */
record RunPlan(
        TeacherPolicy teacher,
        RunStudents students,
        RewardFunction reward,
        Optional<ValueFunction> givenCritic,
        Algorithm algorithm,
        List<Task> tasks,
        List<Task> validation,
        int steps,
        int batch,
        int samples,
        int validateEvery,
        long seed,
        Sampling sampling,
        CallLimits limits,
        Optional<AnswerStore> sharedAnswers,
        boolean asks,
        Optional<Ledger> ledger,
        Budget budget,
        Duration rewardTime,
        Duration outageLimit,
        OptionalInt patience,
        Optional<RunFiles> files,
        List<TrainingListener> listeners,
        InstantSource clock,
        Consumer<Duration> pauses) {

    RunPlan {
        tasks = List.copyOf(tasks);
        validation = List.copyOf(validation);
        listeners = List.copyOf(listeners);
    }

    /** Where the calls of a run without a directory are kept and paid from. */
    Accounts accounts() {
        return new Accounts(
                sharedAnswers, ledger.or(() -> Optional.of(Ledger.of(budget, Journal.none(), clock))), asks);
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
