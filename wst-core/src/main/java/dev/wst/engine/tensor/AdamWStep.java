package dev.wst.engine.tensor;

/**
 * The numbers of one AdamW step.
 *
 * @param time 1 for the first step
 * @param gradientScale factor on every gradient, 1 or the global-norm clip
 */
public record AdamWStep(
        double rate, double beta1, double beta2, double epsilon, double decay, int time, double gradientScale) {}
