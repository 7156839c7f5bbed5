package dev.wst.rl;

import java.util.List;

/**
 * Group-relative policy optimisation (arXiv 2402.03300): no critic; an instruction is good if its answer was better than
 * those to the other instructions for the same task.
 *
 * <pre>{@code
 * Grpo grpo = Grpo.defaults().withLoss(GrpoLoss.DR_GRPO).withKlCoefficient(0.04);
 * }</pre>
 *
 * @param loss how tokens are weighed
 * @param clipLow how far below one the ratio may go
 * @param clipHigh how far above one
 * @param klCoefficient weight of the divergence from the reference (k3) in the loss; 0 leaves the reference out
 * @param byDeviation whether advantages are divided by their group's deviation
 * @param iterations how often a batch is gone through
 * @param minibatches parts of an iteration
 * @param filterGroups whether groups whose rewards are all equal, and which so have nothing to say, are left out
 * @param optimization of the teacher's weights
 */
public record Grpo(
        GrpoLoss loss,
        double clipLow,
        double clipHigh,
        double klCoefficient,
        boolean byDeviation,
        int iterations,
        int minibatches,
        boolean filterGroups,
        Optimization optimization)
        implements Algorithm {

    public Grpo {
        new Surrogate(clipLow, clipHigh);
        Checks.notNegative("the KL coefficient", klCoefficient);
        Checks.atLeastOne("iterations", iterations);
        Checks.atLeastOne("minibatches", minibatches);
    }

    /**
     * TRL's values: DAPO's loss, clip 0.2 both ways, no KL, deviations, one iteration of one part, no filter; the rates are
     * {@link Optimization#defaults()}.
     */
    public static Grpo defaults() {
        return new Grpo(GrpoLoss.DAPO, 0.2, 0.2, 0, true, 1, 1, false, Optimization.defaults());
    }

    public Grpo withLoss(GrpoLoss value) {
        return with(value, clipLow, clipHigh, klCoefficient, byDeviation, iterations, minibatches, optimization);
    }

    public Grpo withClip(double low, double high) {
        return with(loss, low, high, klCoefficient, byDeviation, iterations, minibatches, optimization);
    }

    public Grpo withKlCoefficient(double value) {
        return with(loss, clipLow, clipHigh, value, byDeviation, iterations, minibatches, optimization);
    }

    public Grpo withByDeviation(boolean value) {
        return with(loss, clipLow, clipHigh, klCoefficient, value, iterations, minibatches, optimization);
    }

    public Grpo withIterations(int value) {
        return with(loss, clipLow, clipHigh, klCoefficient, byDeviation, value, minibatches, optimization);
    }

    public Grpo withMinibatches(int value) {
        return with(loss, clipLow, clipHigh, klCoefficient, byDeviation, iterations, value, optimization);
    }

    public Grpo withOptimization(Optimization value) {
        return with(loss, clipLow, clipHigh, klCoefficient, byDeviation, iterations, minibatches, value);
    }

    public Grpo withLearningRate(double value) {
        return withOptimization(optimization.withLearningRate(value));
    }

    /** Leaves groups without signal out of the updates. */
    public Grpo withFilterGroups(boolean value) {
        return new Grpo(
                loss, clipLow, clipHigh, klCoefficient, byDeviation, iterations, minibatches, value, optimization);
    }

    private Grpo with(
            GrpoLoss newLoss,
            double low,
            double high,
            double kl,
            boolean deviation,
            int newIterations,
            int newMinibatches,
            Optimization newOptimization) {
        return new Grpo(
                newLoss, low, high, kl, deviation, newIterations, newMinibatches, filterGroups, newOptimization);
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

    @Override
    public boolean usesReference() {
        return klCoefficient > 0;
    }

    @Override
    public int epochs() {
        return iterations;
    }

    @Override
    public double nextKlCoefficient(double now, double kl, int instructions) {
        return now;
    }

    @Override
    public double klStop() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public Plan plan(List<Experience> experiences, double coefficient, int maxTokens) {
        return GrpoPlan.of(this, experiences, maxTokens);
    }
}
