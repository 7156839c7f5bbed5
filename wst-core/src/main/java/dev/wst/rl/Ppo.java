package dev.wst.rl;

import java.util.List;

/**
 * Proximal policy optimisation (arXiv 1707.06347) as used on language models (arXiv 1909.08593): a penalty for leaving the
 * reference is taken from the reward of each token, the verdict is added at the last, a critic turns both into
 * advantages.
 *
 * <pre>{@code
 * Ppo ppo = Ppo.defaults().withKl(KlControl.adaptive(0.15, 6, 10_000)).withEpochs(2);
 * }</pre>
 *
 * @param epochs how often a batch is gone through
 * @param minibatches parts of an epoch
 * @param gamma discount from token to token
 * @param lambda of generalised advantage estimation
 * @param clip range of the policy's ratio
 * @param valueClip range of the critic's change within a step
 * @param kl weight of the divergence taken from the rewards
 * @param klEstimator how the divergence of a token is estimated
 * @param whitenAdvantages whether advantages are shifted to mean 0 and scaled to deviation 1 over the batch
 * @param entropyBonus weight of the mean entropy of the tokens, added to what is maximised
 * @param klStop updates of a step end early beyond this approximate divergence; infinity never ends them
 * @param optimization of the teacher's weights
 */
public record Ppo(
        int epochs,
        int minibatches,
        double gamma,
        double lambda,
        double clip,
        double valueClip,
        KlControl kl,
        KlEstimator klEstimator,
        boolean whitenAdvantages,
        double entropyBonus,
        double klStop,
        Optimization optimization)
        implements Algorithm {

    public Ppo {
        Checks.atLeastOne("epochs", epochs);
        Checks.atLeastOne("minibatches", minibatches);
        Checks.share("gamma", gamma);
        Checks.share("lambda", lambda);
        new Surrogate(clip, clip);
        Checks.positive("the value clip range", valueClip);
        Checks.positive("the KL stop", klStop);
        Checks.notNegative("the entropy bonus", entropyBonus);
    }

    /**
     * TRL's values: 4 epochs of 1 part, gamma 1, lambda 0.95, both clips 0.2, KL 0.05 by k1, whitening, no bonus; the rates
     * are {@link Optimization#defaults()}.
     */
    public static Ppo defaults() {
        return new Ppo(
                4,
                1,
                1,
                0.95,
                0.2,
                0.2,
                KlControl.fixed(0.05),
                KlEstimator.K1,
                true,
                0,
                Double.POSITIVE_INFINITY,
                Optimization.defaults());
    }

    public Ppo withEpochs(int value) {
        return new Ppo(
                value,
                minibatches,
                gamma,
                lambda,
                clip,
                valueClip,
                kl,
                klEstimator,
                whitenAdvantages,
                entropyBonus,
                klStop,
                optimization);
    }

    public Ppo withMinibatches(int value) {
        return new Ppo(
                epochs,
                value,
                gamma,
                lambda,
                clip,
                valueClip,
                kl,
                klEstimator,
                whitenAdvantages,
                entropyBonus,
                klStop,
                optimization);
    }

    /** Discount from token to token. */
    public Ppo withGamma(double value) {
        return new Ppo(
                epochs,
                minibatches,
                value,
                lambda,
                clip,
                valueClip,
                kl,
                klEstimator,
                whitenAdvantages,
                entropyBonus,
                klStop,
                optimization);
    }

    public Ppo withLambda(double value) {
        return new Ppo(
                epochs,
                minibatches,
                gamma,
                value,
                clip,
                valueClip,
                kl,
                klEstimator,
                whitenAdvantages,
                entropyBonus,
                klStop,
                optimization);
    }

    /** Range of the policy's ratio. */
    public Ppo withClip(double value) {
        return new Ppo(
                epochs,
                minibatches,
                gamma,
                lambda,
                value,
                valueClip,
                kl,
                klEstimator,
                whitenAdvantages,
                entropyBonus,
                klStop,
                optimization);
    }

    /** Range of the critic's change within a step; infinity for none. */
    public Ppo withValueClip(double value) {
        return new Ppo(
                epochs,
                minibatches,
                gamma,
                lambda,
                clip,
                value,
                kl,
                klEstimator,
                whitenAdvantages,
                entropyBonus,
                klStop,
                optimization);
    }

    public Ppo withKl(KlControl value) {
        return new Ppo(
                epochs,
                minibatches,
                gamma,
                lambda,
                clip,
                valueClip,
                value,
                klEstimator,
                whitenAdvantages,
                entropyBonus,
                klStop,
                optimization);
    }

    public Ppo withKlEstimator(KlEstimator value) {
        return new Ppo(
                epochs,
                minibatches,
                gamma,
                lambda,
                clip,
                valueClip,
                kl,
                value,
                whitenAdvantages,
                entropyBonus,
                klStop,
                optimization);
    }

    /** Whether advantages are shifted to mean 0 and scaled to deviation 1 over the batch. */
    public Ppo withWhitenAdvantages(boolean value) {
        return new Ppo(
                epochs,
                minibatches,
                gamma,
                lambda,
                clip,
                valueClip,
                kl,
                klEstimator,
                value,
                entropyBonus,
                klStop,
                optimization);
    }

    public Ppo withEntropyBonus(double value) {
        return new Ppo(
                epochs,
                minibatches,
                gamma,
                lambda,
                clip,
                valueClip,
                kl,
                klEstimator,
                whitenAdvantages,
                value,
                klStop,
                optimization);
    }

    public Ppo withKlStop(double value) {
        return new Ppo(
                epochs,
                minibatches,
                gamma,
                lambda,
                clip,
                valueClip,
                kl,
                klEstimator,
                whitenAdvantages,
                entropyBonus,
                value,
                optimization);
    }

    public Ppo withOptimization(Optimization value) {
        return new Ppo(
                epochs,
                minibatches,
                gamma,
                lambda,
                clip,
                valueClip,
                kl,
                klEstimator,
                whitenAdvantages,
                entropyBonus,
                klStop,
                value);
    }

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
    public boolean usesReference() {
        return true;
    }

    @Override
    public double klCoefficient() {
        return kl.initial();
    }

    @Override
    public double nextKlCoefficient(double now, double divergence, int instructions) {
        return kl.next(now, divergence, instructions);
    }

    @Override
    public Plan plan(List<Experience> experiences, double klCoefficient, int maxTokens) {
        return PpoPlan.of(this, experiences, klCoefficient);
    }
}
