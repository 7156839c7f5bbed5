package dev.wst.rl;

import dev.wst.InterruptedRunException;
import dev.wst.TeacherPolicy;
import dev.wst.TokenScores;
import dev.wst.TrainingState;
import dev.wst.UpdateStats;
import dev.wst.ValueFunction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Group-relative policy optimisation (arXiv 2402.03300): no critic; an instruction is good if its answer was better than
 * those to the other instructions for the same task.
 *
 * <pre>{@code
 * Grpo grpo = Grpo.defaults().withLoss(Grpo.Loss.DR_GRPO).withKlCoefficient(0.04);
 * }</pre>
 *
 * @param loss how tokens are weighed
 * @param clipLow how far below one the ratio may go; above 0, below 1
 * @param clipHigh how far above one; above 0
 * @param klCoefficient weight of the divergence from the reference (k3) in the loss; 0 or positive, finite, 0 leaves the reference
 *     out
 * @param klCorrected whether the divergence's term is multiplied by the importance ratio, so that its gradient is without bias
 * @param byDeviation whether advantages are divided by their group's deviation
 * @param iterations how often a batch is gone through; at least 1
 * @param minibatches parts of an iteration, one update for each; at least 1
 * @param filterGroups whether groups whose rewards are all equal, and which so have nothing to say, are left out
 * @param optimization of the teacher's weights
 */
public record Grpo(
        Loss loss,
        double clipLow,
        double clipHigh,
        double klCoefficient,
        boolean klCorrected,
        boolean byDeviation,
        int iterations,
        int minibatches,
        boolean filterGroups,
        Optimization optimization)
        implements Algorithm {

    /** How GRPO weighs the tokens of a batch. */
    public enum Loss {
        /** Mean over instructions of the mean over tokens (arXiv 2402.03300, equation 3). */
        GRPO,
        /** Mean over all tokens (arXiv 2503.14476, equation 8). */
        DAPO,
        /** Sum divided by instructions times the longest length that sampling allows (arXiv 2503.20783): no reward for length. */
        DR_GRPO,
        /** One ratio for an instruction, the geometric mean of its tokens' (arXiv 2507.18071, equation 7). */
        GSPO
    }

    /** @throws IllegalArgumentException if a value is out of its range */
    public Grpo {
        Objects.requireNonNull(loss, "loss");
        new Surrogate(clipLow, clipHigh);
        Checks.notNegative("the KL coefficient", klCoefficient);
        Checks.atLeastOne("iterations", iterations);
        Checks.atLeastOne("minibatches", minibatches);
        Objects.requireNonNull(optimization, "optimization");
    }

    /**
     * TRL's values (1.16): DAPO's loss, clip 0.2 both ways, no KL (corrected for bias where one is asked for), deviations, one
     * iteration, no filter, 8 samples a task. What departs from TRL: the learning rate is 1e-4 instead of 1e-6, since low-rank
     * adapters are trained by default; an iteration is one update over the whole batch, where TRL's follows from its batch
     * size; TRL's {@code loss_type} and {@code importance_sampling_level} are one option here, {@link Loss}; its correction
     * of vLLM's log-probabilities has no place, since instructions are drawn and read by the same engine.
     */
    public static Grpo defaults() {
        return new Grpo(Loss.DAPO, 0.2, 0.2, 0, true, true, 1, 1, false, Optimization.defaults());
    }

    /** The values of one, to change some before another is made of them. */
    private static final class Draft {
        private Loss loss;
        private double clipLow;
        private double clipHigh;
        private double klCoefficient;
        private boolean klCorrected;
        private boolean byDeviation;
        private int iterations;
        private int minibatches;
        private boolean filterGroups;
        private Optimization optimization;

        Draft(Grpo from) {
            loss = from.loss;
            clipLow = from.clipLow;
            clipHigh = from.clipHigh;
            klCoefficient = from.klCoefficient;
            klCorrected = from.klCorrected;
            byDeviation = from.byDeviation;
            iterations = from.iterations;
            minibatches = from.minibatches;
            filterGroups = from.filterGroups;
            optimization = from.optimization;
        }
    }

    private Grpo with(Consumer<Draft> change) {
        Draft d = new Draft(this);
        change.accept(d);
        return new Grpo(
                d.loss,
                d.clipLow,
                d.clipHigh,
                d.klCoefficient,
                d.klCorrected,
                d.byDeviation,
                d.iterations,
                d.minibatches,
                d.filterGroups,
                d.optimization);
    }

    /** How tokens are weighed; {@link Loss#DAPO} by default. */
    public Grpo withLoss(Loss value) {
        return with(d -> d.loss = value);
    }

    /**
     * How far the ratio may go from 1; 0.2 both ways by default.
     *
     * @throws IllegalArgumentException if {@code low} is not above 0 and below 1, or {@code high} not above 0
     */
    public Grpo withClip(double low, double high) {
        return with(d -> {
            d.clipLow = low;
            d.clipHigh = high;
        });
    }

    /**
     * Weight of the divergence from the reference (k3) in the loss; 0 by default, which saves reading the reference.
     *
     * @throws IllegalArgumentException if it is negative or infinite
     */
    public Grpo withKlCoefficient(double value) {
        return with(d -> d.klCoefficient = value);
    }

    /**
     * Whether the divergence's term is multiplied by the importance ratio; it is by default. Its gradient is then, in
     * expectation, that of the reverse KL (arXiv 2512.02556); without, it is that of k3, as TRL had it before 1.16.
     */
    public Grpo withKlCorrected(boolean value) {
        return with(d -> d.klCorrected = value);
    }

    /**
     * Whether advantages are divided by the deviation of their group's rewards; they are by default. Without, groups whose
     * rewards differ little count little (arXiv 2503.20783).
     */
    public Grpo withByDeviation(boolean value) {
        return with(d -> d.byDeviation = value);
    }

    /**
     * How often a batch is gone through; 1 by default.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Grpo withIterations(int value) {
        return with(d -> d.iterations = value);
    }

    /**
     * Parts that each iteration cuts the batch into, one update for each; 1 by default.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Grpo withMinibatches(int value) {
        return with(d -> d.minibatches = value);
    }

    /** How the teacher's weights follow the slopes; {@link Optimization#defaults()} by default. */
    public Grpo withOptimization(Optimization value) {
        return with(d -> d.optimization = value);
    }

    /**
     * The learning rate at its highest; 1e-4 by default.
     *
     * @throws IllegalArgumentException if it is not a positive number
     */
    public Grpo withLearningRate(double value) {
        return withOptimization(optimization.withLearningRate(value));
    }

    /** Whether groups whose rewards are all equal are left out of the updates; they are not by default. */
    public Grpo withFilterGroups(boolean value) {
        return with(d -> d.filterGroups = value);
    }

    @Override
    public String name() {
        return "grpo";
    }

    @Override
    public int defaultSamples() {
        return 8;
    }

    @Override
    public boolean usesCritic() {
        return false;
    }

    /** Whether the divergence from the reference takes part in the loss. */
    boolean usesReference() {
        return klCoefficient > 0;
    }

    @Override
    public TrainingState start() {
        return TrainingState.start(klCoefficient);
    }

    @Override
    public Updates update(TeacherPolicy teacher, Optional<ValueFunction> critic, Batch batch, TrainingState state) {
        // Where one update covers the whole batch, its own pass sees what a pass before it would have read.
        List<TokenScores> before = minibatches == 1 ? List.of() : Batch.scores(batch.read(teacher));
        List<TokenScores> reference = usesReference() ? batch.readReference(teacher) : List.of();
        GrpoBatch grpo = new GrpoBatch(this, batch.experiences(before, reference, List.of()), batch.maxTokens());
        UpdateRecord record = new UpdateRecord(Map.of());
        if (!before.isEmpty()) {
            record.addAll(batch.samplingDrift(batch.all(), before));
        }
        for (int[] minibatch : batch.minibatches(grpo.participants(), iterations, minibatches)) {
            InterruptedRunException.check("between two updates");
            UpdateStats stats = batch.update(teacher, minibatch, grpo.policy(minibatch));
            // TRL's policy_loss leaves out an entropy bonus, which there is none of here.
            record.add(stats, grpo.drift(minibatch, stats.scores()), "loss", "policy_loss");
            if (before.isEmpty() && record.updates() == 1) {
                record.addAll(batch.samplingDrift(minibatch, stats.scores()));
            }
        }
        return new Updates(state, record.metrics(Map.of(), batch.learningRate()));
    }
}
