package dev.wst.rl;

import java.util.List;

/** How scored instructions become updates: {@link Ppo} or {@link Grpo}. */
public sealed interface Algorithm permits Ppo, Grpo {
    /** The name on the command line and in reports. */
    String name();

    /** Instructions sampled for each task unless the trainer is told otherwise. */
    int defaultSamples();

    /** Whether a critic takes part. */
    boolean usesCritic();

    /** Whether scores under the reference policy are needed. */
    boolean usesReference();

    /** How often a batch is gone through. */
    int epochs();

    /** Parts that each epoch cuts the batch into; one update for each. */
    int minibatches();

    Optimization optimization();

    /** The weight of the divergence from the reference at the start. */
    double klCoefficient();

    /**
     * The weight after a step.
     *
     * @param now before
     * @param kl mean over instructions of the divergence summed over tokens, nats
     * @param instructions sampled in the step
     */
    double nextKlCoefficient(double now, double kl, int instructions);

    /**
     * Updates of a step end early, after the one that found the approximate divergence from the sampling policy to exceed
     * this; infinity for never. See {@link Ppo#withKlStop}.
     */
    double klStop();

    /**
     * Works out advantages.
     *
     * @param maxTokens the longest instruction that could have been sampled
     */
    Plan plan(List<Experience> experiences, double klCoefficient, int maxTokens);
}
