package dev.wst.rl;

/**
 * Estimates of the divergence KL(policy || reference) from the log-probabilities of one sampled token (Schulman,
 * "Approximating KL divergence", 2020), with {@code d = log policy - log reference}.
 */
public enum KlEstimator {
    /** {@code d}: unbiased, noisy, can be negative. */
    K1 {
        @Override
        public double value(double logProbability, double reference) {
            return logProbability - reference;
        }

        @Override
        public double slope(double logProbability, double reference) {
            return 1;
        }
    },
    /** {@code d^2 / 2}: biased, little noise, its gradient is that of the divergence. */
    K2 {
        @Override
        public double value(double logProbability, double reference) {
            double d = logProbability - reference;
            return d * d / 2;
        }

        @Override
        public double slope(double logProbability, double reference) {
            return logProbability - reference;
        }
    },
    /** {@code exp(-d) + d - 1}: unbiased, never negative; d is limited to 20 in size, so that it cannot overflow. */
    K3 {
        @Override
        public double value(double logProbability, double reference) {
            double d = limit(logProbability - reference);
            return Math.expm1(-d) + d;
        }

        @Override
        public double slope(double logProbability, double reference) {
            double d = logProbability - reference;
            return Math.abs(d) > LIMIT ? 0 : -Math.expm1(-d);
        }
    };

    private static final double LIMIT = 20;

    /** The estimate, nats. */
    public abstract double value(double logProbability, double reference);

    /** Its derivative by the policy's log-probability. */
    public abstract double slope(double logProbability, double reference);

    private static double limit(double d) {
        return Math.max(-LIMIT, Math.min(LIMIT, d));
    }
}
