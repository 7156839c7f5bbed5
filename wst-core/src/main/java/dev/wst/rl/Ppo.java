package dev.wst.rl;

import dev.wst.InterruptedRunException;
import dev.wst.Objective;
import dev.wst.TeacherPolicy;
import dev.wst.TeacherPolicy.Reading;
import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import dev.wst.TrainingDivergedException;
import dev.wst.TrainingState;
import dev.wst.UpdateStats;
import dev.wst.ValueFunction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Proximal policy optimisation (arXiv 1707.06347) as used on language models (arXiv 1909.08593): a penalty for leaving the
 * reference is taken from the reward of each token, the verdict is added at the last, a critic turns both into
 * advantages.
 *
 * <pre>{@code
 * Ppo ppo = Ppo.defaults().withKlCoefficient(0.15).withAdaptiveKl(6, 10_000).withEpochs(2);
 * }</pre>
 *
 * @param epochs how often a batch is gone through; at least 1
 * @param minibatches parts of an epoch, one update for each; at least 1
 * @param gamma discount from token to token; 0 to 1
 * @param lambda of generalised advantage estimation; 0 to 1
 * @param clip range of the policy's ratio; above 0, below 1
 * @param valueClip range of the critic's change within a step; above 0, infinity for none
 * @param klCoefficient weight of the divergence from the reference that is taken from the rewards, at the start; 0 or positive,
 *     finite, 0 takes nothing, and the divergence is logged only
 * @param klTarget the divergence of an instruction that the weight is steered to, nats; above 0, infinity keeps the weight fixed
 * @param klHorizon instructions over which a divergence that is off by a fifth or more changes the weight by a fifth; above 0
 * @param klEstimator how the divergence of a token is estimated
 * @param whitenAdvantages whether advantages are shifted to mean 0 and scaled to deviation 1 over the batch
 * @param entropyBonus weight of the mean entropy of the tokens, added to what is maximised; 0 or positive, finite
 * @param klStop updates of a step end early beyond this approximate divergence; above 0, infinity never ends them
 * @param optimization of the teacher's weights
 */
public record Ppo(
        int epochs,
        int minibatches,
        double gamma,
        double lambda,
        double clip,
        double valueClip,
        double klCoefficient,
        double klTarget,
        double klHorizon,
        KlEstimator klEstimator,
        boolean whitenAdvantages,
        double entropyBonus,
        double klStop,
        Optimization optimization)
        implements Algorithm {

    /** @throws IllegalArgumentException if a value is out of its range */
    public Ppo {
        Checks.atLeastOne("epochs", epochs);
        Checks.atLeastOne("minibatches", minibatches);
        Checks.share("gamma", gamma);
        Checks.share("lambda", lambda);
        new Surrogate(clip, clip);
        Checks.positive("the value clip range", valueClip);
        new KlControl(klTarget, klHorizon).checkStart(klCoefficient);
        Objects.requireNonNull(klEstimator, "klEstimator");
        Checks.positive("the KL stop", klStop);
        Checks.notNegative("the entropy bonus", entropyBonus);
        Objects.requireNonNull(optimization, "optimization");
    }

    /**
     * TRL's values: 4 epochs of 1 part, gamma 1, lambda 0.95, both clips 0.2, KL 0.05, fixed, by k1, whitening, no bonus, no stop; the
     * rates are {@link Optimization#defaults()}.
     */
    public static Ppo defaults() {
        return new Ppo(
                4,
                1,
                1,
                0.95,
                0.2,
                0.2,
                0.05,
                Double.POSITIVE_INFINITY,
                1,
                KlEstimator.K1,
                true,
                0,
                Double.POSITIVE_INFINITY,
                Optimization.defaults());
    }

    /** The values of one, to change some before another is made of them. */
    private static final class Draft {
        private int epochs;
        private int minibatches;
        private double gamma;
        private double lambda;
        private double clip;
        private double valueClip;
        private double klCoefficient;
        private double klTarget;
        private double klHorizon;
        private KlEstimator klEstimator;
        private boolean whitenAdvantages;
        private double entropyBonus;
        private double klStop;
        private Optimization optimization;

        Draft(Ppo from) {
            epochs = from.epochs;
            minibatches = from.minibatches;
            gamma = from.gamma;
            lambda = from.lambda;
            clip = from.clip;
            valueClip = from.valueClip;
            klCoefficient = from.klCoefficient;
            klTarget = from.klTarget;
            klHorizon = from.klHorizon;
            klEstimator = from.klEstimator;
            whitenAdvantages = from.whitenAdvantages;
            entropyBonus = from.entropyBonus;
            klStop = from.klStop;
            optimization = from.optimization;
        }
    }

    private Ppo with(Consumer<Draft> change) {
        Draft d = new Draft(this);
        change.accept(d);
        return new Ppo(
                d.epochs,
                d.minibatches,
                d.gamma,
                d.lambda,
                d.clip,
                d.valueClip,
                d.klCoefficient,
                d.klTarget,
                d.klHorizon,
                d.klEstimator,
                d.whitenAdvantages,
                d.entropyBonus,
                d.klStop,
                d.optimization);
    }

    /**
     * How often a batch is gone through; 4 by default.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Ppo withEpochs(int value) {
        return with(d -> d.epochs = value);
    }

    /**
     * Parts that each epoch cuts the batch into, one update for each; 1 by default. With more parts than instructions there
     * is one instruction in each.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Ppo withMinibatches(int value) {
        return with(d -> d.minibatches = value);
    }

    /**
     * Discount from token to token; 1, none, by default.
     *
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public Ppo withGamma(double value) {
        return with(d -> d.gamma = value);
    }

    /**
     * Of generalised advantage estimation, 0.95 by default, as in TRL: 1 credits the first tokens of an instruction as much as the last,
     * 0 trusts the critic alone. Where the first words of a short instruction decide what it is worth, try 1 first: the
     * quickstart finds a method with it that some seeds do not find without.
     *
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public Ppo withLambda(double value) {
        return with(d -> d.lambda = value);
    }

    /**
     * How far the policy's ratio may go from 1 either way; 0.2 by default.
     *
     * @throws IllegalArgumentException if it is not above 0 and below 1
     */
    public Ppo withClip(double value) {
        return with(d -> d.clip = value);
    }

    /**
     * Range of the critic's change within a step, in units of the reward; 0.2 by default, infinity for none.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Ppo withValueClip(double value) {
        return with(d -> d.valueClip = value);
    }

    /**
     * Weight of the divergence from the reference that is taken from the rewards, at the start; 0.05 by default.
     *
     * @throws IllegalArgumentException if it is negative or infinite, or 0 where it adapts
     */
    public Ppo withKlCoefficient(double value) {
        return with(d -> d.klCoefficient = value);
    }

    /**
     * Lets the weight follow the divergence from step to step (arXiv 1909.08593, section 2.2); it is fixed by default.
     *
     * @param target the divergence of an instruction to hold, nats; infinity keeps the weight fixed
     * @param horizon instructions over which a divergence that is off by a fifth or more changes the weight by a fifth
     * @throws IllegalArgumentException if one of them is not positive, or the weight begins at 0, where it would stay
     */
    public Ppo withAdaptiveKl(double target, double horizon) {
        return with(d -> {
            d.klTarget = target;
            d.klHorizon = horizon;
        });
    }

    /** How the divergence of a token is estimated; {@link KlEstimator#K1} by default. */
    public Ppo withKlEstimator(KlEstimator value) {
        return with(d -> d.klEstimator = value);
    }

    /** Whether advantages are shifted to mean 0 and scaled to deviation 1 over the batch; they are by default. */
    public Ppo withWhitenAdvantages(boolean value) {
        return with(d -> d.whitenAdvantages = value);
    }

    /**
     * Weight of the mean entropy of the tokens, added to what is maximised; 0 by default.
     *
     * @throws IllegalArgumentException if it is negative or infinite
     */
    public Ppo withEntropyBonus(double value) {
        return with(d -> d.entropyBonus = value);
    }

    /**
     * Ends the updates of a step early, teacher's and critic's alike, once the teacher has gone this far from where the batch
     * was sampled; infinity, never, by default. The measure is half the mean squared log-ratio over the tokens of a
     * minibatch, nats; TRL logs the same as {@code policy/approxkl_avg}.
     *
     * <p>It is found by an update's own forward pass, so it tells how far the updates before it went, and the update that
     * finds it too large is still made; it is the last of the step. CleanRL does the same once an epoch; Stable-Baselines3
     * and Spinning Up drop that update, at half as much again. A step makes at least two updates, if it has as many. The
     * metrics {@code updates} and {@code updates/kl_stopped} tell what became of it.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Ppo withKlStop(double value) {
        return with(d -> d.klStop = value);
    }

    /** How the teacher's weights follow the slopes; {@link Optimization#defaults()} by default. */
    public Ppo withOptimization(Optimization value) {
        return with(d -> d.optimization = value);
    }

    /**
     * The learning rate at its highest; 1e-4 by default.
     *
     * @throws IllegalArgumentException if it is not a positive number
     */
    public Ppo withLearningRate(double value) {
        return withOptimization(optimization.withLearningRate(value));
    }

    @Override
    public String name() {
        return "ppo";
    }

    @Override
    public int defaultSamples() {
        return 4;
    }

    @Override
    public boolean usesCritic() {
        return true;
    }

    @Override
    public TrainingState start() {
        return TrainingState.start(klCoefficient);
    }

    @Override
    public Updates update(TeacherPolicy teacher, Optional<ValueFunction> critic, Batch batch, TrainingState state) {
        ValueFunction values = critic.orElseThrow(() -> new IllegalArgumentException("PPO needs a critic"));
        List<Reading> readings = batch.read(teacher);
        List<TokenScores> before = Batch.scores(readings);
        List<float[][]> states = readings.stream().map(Reading::states).toList();
        List<TokenScores> reference = batch.readReference(teacher);
        List<Experience> experiences = batch.experiences(before, reference, values.values(states));
        PpoBatch ppo = PpoBatch.of(this, experiences, state.klCoefficient());
        UpdateRecord record = new UpdateRecord(ppo.metrics());
        record.addAll(batch.samplingDrift(batch.all(), before));
        boolean far = false;
        for (int[] minibatch : batch.minibatches(batch.all(), epochs, minibatches)) {
            InterruptedRunException.check("between two updates");
            // The critic first: if either diverges, the teacher has not moved.
            record.add(
                    "loss/value_avg",
                    values.update(Batch.pick(states, minibatch), value(ppo, batch, minibatch, record)));
            UpdateStats stats = batch.update(teacher, minibatch, ppo.policy(minibatch));
            record.add(stats, ppo.drift(minibatch, stats.scores()), "loss/policy_avg");
            far = ppo.approximateKl(minibatch, stats.scores()) > klStop;
            if (far) {
                break;
            }
        }
        return new Updates(
                state.withKlCoefficient(
                        new KlControl(klTarget, klHorizon).next(state.klCoefficient(), ppo.kl(), batch.own())),
                record.metrics(stopped(far), batch.learningRate()));
    }

    /** The value loss, held to be finite; beside it, the tokens whose value its clip range decides are counted. */
    private static Objective value(PpoBatch ppo, Batch batch, int[] minibatch, UpdateRecord record) {
        Objective value = ppo.value(minibatch);
        return (index, scores) -> {
            TokenSlopes slopes = value.at(index, scores);
            if (!Double.isFinite(slopes.loss())) {
                throw new TrainingDivergedException("the critic's loss for " + batch.name(minibatch[index]) + " is "
                        + slopes.loss() + "; no weight was changed");
            }
            for (boolean clipped : ppo.clippedValues(minibatch[index], scores.values())) {
                record.add("val/clipfrac_avg", clipped ? 1 : 0);
            }
            return slopes;
        };
    }

    private Map<String, Double> stopped(boolean far) {
        return Double.isFinite(klStop) ? Map.of("updates/kl_stopped", far ? 1.0 : 0.0) : Map.of();
    }
}
