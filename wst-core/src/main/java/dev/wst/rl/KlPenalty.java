package dev.wst.rl;

/**
 * GRPO's term for the divergence from the reference, of one instruction. Where it is corrected for bias, the estimate of each
 * token is multiplied by the importance ratio, through which the gradient goes too (DeepSeek-V3.2, arXiv 2512.02556; TRL's
 * {@code use_bias_correction_kl}): the expectation of its gradient is then that of the reverse KL, while the gradient of k3
 * alone is that of another quantity even where the ratio is 1.
 *
 * @param coefficient weight in the loss
 * @param corrected whether the importance ratio takes part
 */
record KlPenalty(double coefficient, boolean corrected) {

    /**
     * Adds to a loss with a ratio for each token.
     *
     * @param ratios [T]
     * @param slopes [T] d loss / d log-probability, added to
     * @param shares [T] of each token in the loss
     * @return what is added to the loss
     */
    double byToken(double[] now, double[] reference, double[] ratios, double[] shares, double[] slopes) {
        if (!corrected) {
            return uncorrected(now, reference, shares, slopes);
        }
        double loss = 0;
        for (int t = 0; t < slopes.length; t++) {
            double kl = KlEstimator.K3.value(now[t], reference[t]);
            loss += weight(shares[t]) * (ratios[t] * kl);
            // d (ratio kl) = ratio (kl' + kl), since the ratio is its own derivative by the log-probability.
            slopes[t] += weight(shares[t]) * (ratios[t] * (KlEstimator.K3.slope(now[t], reference[t]) + kl));
        }
        return loss;
    }

    /** The same with one ratio for the instruction, the geometric mean of its tokens', and equal shares; each token moves it by 1/T. */
    double byInstruction(double[] now, double[] reference, double ratio, double[] shares, double[] slopes) {
        if (!corrected) {
            return uncorrected(now, reference, shares, slopes);
        }
        double mean = 0;
        double loss = 0;
        for (int t = 0; t < slopes.length; t++) {
            double kl = KlEstimator.K3.value(now[t], reference[t]);
            mean += kl / slopes.length;
            loss += weight(shares[t]) * ratio * kl;
        }
        for (int t = 0; t < slopes.length; t++) {
            slopes[t] += weight(shares[t]) * ratio * (KlEstimator.K3.slope(now[t], reference[t]) + mean);
        }
        return loss;
    }

    private double uncorrected(double[] now, double[] reference, double[] shares, double[] slopes) {
        double loss = 0;
        for (int t = 0; t < slopes.length; t++) {
            loss += weight(shares[t]) * KlEstimator.K3.value(now[t], reference[t]);
            slopes[t] += weight(shares[t]) * KlEstimator.K3.slope(now[t], reference[t]);
        }
        return loss;
    }

    /** The estimate of one token as it enters the loss, for metrics. */
    double estimate(double now, double reference, double ratio) {
        double kl = KlEstimator.K3.value(now, reference);
        return corrected ? ratio * kl : kl;
    }

    private double weight(double share) {
        return share * coefficient;
    }
}
