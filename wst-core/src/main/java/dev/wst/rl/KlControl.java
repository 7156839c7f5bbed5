package dev.wst.rl;

/**
 * The weight of the divergence from step to step.
 *
 * @param initial at the start; 0 takes nothing from the rewards, and the divergence is logged only
 * @param target the divergence of an instruction to hold, nats; infinity keeps the weight fixed
 * @param horizon instructions over which a full error doubles the weight
 */
public record KlControl(double initial, double target, double horizon) {
    public KlControl {
        if (!(initial >= 0) || Double.isInfinite(initial)) {
            throw new IllegalArgumentException("the KL coefficient must be 0 or positive, got " + initial);
        }
        if (!(target > 0) || !(horizon > 0)) {
            throw new IllegalArgumentException(
                    "the KL target and horizon must be positive, got " + target + " and " + horizon);
        }
        if (initial == 0 && !Double.isInfinite(target)) {
            throw new IllegalArgumentException(
                    "an adaptive KL coefficient is multiplied from step to step and would stay 0; begin above 0");
        }
    }

    /** The same weight throughout. */
    public static KlControl fixed(double coefficient) {
        return new KlControl(coefficient, Double.POSITIVE_INFINITY, 1);
    }

    /** A weight that follows the divergence (Ziegler et al., arXiv 1909.08593, section 2.2). */
    public static KlControl adaptive(double initial, double target, double horizon) {
        if (Double.isInfinite(target)) {
            throw new IllegalArgumentException("an adaptive KL coefficient needs a finite target");
        }
        return new KlControl(initial, target, horizon);
    }

    double next(double now, double kl, int instructions) {
        if (Double.isInfinite(target)) {
            return now;
        }
        double error = Math.max(-0.2, Math.min(0.2, kl / target - 1));
        return now * (1 + error * instructions / horizon);
    }
}
