package dev.wst.rl;

/**
 * The weight of the divergence from step to step (Ziegler et al., arXiv 1909.08593, section 2.2): it grows where the policy is
 * further from its reference than wanted, and shrinks where it is nearer. Differs from the paper in that a step at most halves it: of
 * many more instructions than the horizon, the paper's rule makes it negative.
 *
 * @param target the divergence of an instruction to hold, nats; infinity keeps the weight fixed
 * @param horizon instructions over which a divergence that is off by a fifth or more changes the weight by a fifth
 */
record KlControl(double target, double horizon) {
    private static final double LARGEST_ERROR = 0.2;
    private static final double SMALLEST_FACTOR = 0.5;

    KlControl {
        Checks.positive("the KL target", target);
        Checks.positive("the KL horizon", horizon);
    }

    /** Refuses a weight to begin with. */
    void checkStart(double coefficient) {
        Checks.notNegative("the KL coefficient", coefficient);
        if (coefficient == 0 && !Double.isInfinite(target)) {
            throw new IllegalArgumentException(
                    "an adaptive KL coefficient is multiplied from step to step and would stay 0; begin above 0");
        }
    }

    /**
     * The weight of the next step.
     *
     * @param now the weight of this step
     * @param kl mean divergence of an instruction in this step, nats
     * @param instructions of this step
     */
    double next(double now, double kl, int instructions) {
        if (Double.isInfinite(target)) {
            return now;
        }
        double error = Math.max(-LARGEST_ERROR, Math.min(LARGEST_ERROR, kl / target - 1));
        return now * Math.max(SMALLEST_FACTOR, 1 + error * instructions / horizon);
    }
}
