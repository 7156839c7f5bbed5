package dev.wst.rl;

import dev.wst.InterruptedRunException;
import dev.wst.Objective;
import dev.wst.TeacherPolicy;
import dev.wst.TokenSlopes;
import dev.wst.TrainingState;
import dev.wst.UpdateStats;
import dev.wst.rl.Algorithm.Updates;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The first steps of a run, in which the teacher learns by imitation: of the instructions for each task those with the highest reward
 * are made likelier, all others are left out (rejection-sampling fine-tuning, RAFT, arXiv 2304.06767). A policy gradient goes by
 * how often an instruction is good; where few are, this gets further with the same answers.
 *
 * <pre>{@code
 * WstTrainer trainer = WstTrainer.builder()
 *         .teacher(teacher).student(student).reward(reward).tasks(tasks)
 *         .warmStart(WarmStart.of(2).withEpochs(4))
 *         .build();
 * }</pre>
 *
 * <p>The loss is the mean negative log-likelihood over the tokens of what is imitated. A task whose rewards are all equal has nothing
 * to imitate; a step without any such task makes no update. The optimiser and its schedule are the algorithm's; a critic is not
 * trained in these steps.
 *
 * <p>Who has an instruction already begins with it: {@link #withInstructions} has some of each task's samples be that one, as if the
 * teacher had written it. Of many, some that serve badly are imitated too, where luck has them serve, until they are shown to; a search
 * finds the one or two to give.
 *
 * <pre>{@code
 * SearchResult fixed = FixedSearch.among(List.of("Answer with one word.", "Explain each step first."))
 *         .run(trials, tasks, new Seed(17));
 * WarmStart imitating = WarmStart.of(2).withInstructions(List.of(fixed.best().instruction()));
 * }</pre>
 *
 * @param steps how many, from the first; 0 for none
 * @param epochs updates of each of these steps; at least 1
 * @param instructions that somebody wrote, no two alike and none of them blank; tried beside the teacher's own
 */
public record WarmStart(int steps, int epochs, List<String> instructions) {
    private static final int EPOCHS = 4;

    /** @throws IllegalArgumentException if a value is out of its range */
    public WarmStart {
        instructions = instructions.stream().map(String::strip).toList();
        if (instructions.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("an instruction of a warm start must not be blank");
        }
        for (int i = 0; i < instructions.size(); i++) {
            if (instructions.indexOf(instructions.get(i)) < i) {
                throw new IllegalArgumentException(
                        "a warm start has the instruction \"" + instructions.get(i) + "\" twice");
            }
        }
        if (steps < 0) {
            throw new IllegalArgumentException("the steps of a warm start must be at least 0, got " + steps);
        }
        Checks.atLeastOne("epochs", epochs);
    }

    /** None: the algorithm learns from the first step. */
    public static WarmStart none() {
        return of(0);
    }

    /**
     * So many steps, each with 4 updates.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static WarmStart of(int steps) {
        return new WarmStart(steps, EPOCHS, List.of());
    }

    /**
     * Updates of each of these steps; 4 unless given.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public WarmStart withEpochs(int value) {
        return new WarmStart(steps, value, instructions);
    }

    /**
     * Instructions to begin with, such as the one that an app has used until now; none unless given. In these steps at most half of the
     * samples of each task are some of them, no two alike, drawn by the run's seed; where they earn most they are imitated. One whose
     * mean reward is lower than another's by more than chance explains is neither tried nor imitated from then on, so many need more
     * steps. The other samples the teacher writes, and afterwards all. They take no more calls of the student: the samples are as many
     * as without them.
     *
     * @param value shorter than what the teacher may write, in its tokens
     * @throws IllegalArgumentException if one is blank or two are alike
     */
    public WarmStart withInstructions(List<String> value) {
        return new WarmStart(steps, epochs, value);
    }

    /** Whether a step, from 1, is one of them. */
    public boolean covers(int step) {
        return step <= steps;
    }

    /**
     * All updates of one step.
     *
     * @param state before the step
     * @return the state as it was, and metrics
     * @throws dev.wst.TrainingDivergedException if a loss or a gradient is not finite
     * @throws InterruptedRunException if the thread is interrupted between two updates
     */
    public Updates update(TeacherPolicy teacher, Batch batch, TrainingState state) {
        int[] imitated = batch.best();
        UpdateRecord record = new UpdateRecord(Map.of("warm_start/imitated", (double) imitated.length / batch.size()));
        if (imitated.length > 0) {
            Objective likelihood = likelihood(batch.tokens(imitated));
            for (int epoch = 0; epoch < epochs; epoch++) {
                InterruptedRunException.check("between two updates");
                UpdateStats stats = batch.update(teacher, imitated, likelihood);
                record.add(stats, Map.of("entropy", entropy(stats)), "loss/warm_start");
                if (epoch == 0) {
                    record.addAll(batch.samplingDrift(imitated, stats.scores()));
                }
            }
        }
        return new Updates(state, record.metrics(Map.of(), batch.learningRate()));
    }

    /** @param tokens of all instructions together */
    static Objective likelihood(int tokens) {
        return (index, scores) -> {
            double[] slopes = new double[scores.logProbabilities().length];
            Arrays.fill(slopes, -1.0 / tokens);
            double loss = -DoubleStream.of(scores.logProbabilities()).sum() / tokens;
            return new TokenSlopes(loss, slopes, new double[0], new double[0]);
        };
    }

    /** Mean over the tokens. */
    private static double entropy(UpdateStats stats) {
        List<double[]> entropies =
                stats.scores().stream().map(scores -> scores.entropies()).toList();
        return entropies.stream().flatMapToDouble(DoubleStream::of).average().orElse(0);
    }

    /** As a run tells it, and is resumed by: the instructions only where there are some. */
    @Override
    public String toString() {
        return "WarmStart[steps=" + steps + ", epochs=" + epochs
                + (instructions.isEmpty() ? "" : ", instructions=" + instructions) + "]";
    }
}
