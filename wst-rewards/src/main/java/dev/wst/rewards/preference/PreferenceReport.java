package dev.wst.rewards.preference;

import java.util.Locale;

/**
 * How well a model foretells which reply is preferred.
 *
 * @param pairs how many it was asked about
 * @param accuracy share of them in which the chosen reply scored higher; equal scores count half
 * @param low lower end of the 95 % interval of the accuracy, by Wilson's score
 * @param high upper end
 * @param logLoss mean of -log of the probability given to the chosen reply, nats; 0.693 is guessing
 * @param calibrationError expected calibration error over ten bins of equal width (arXiv 1706.04599, equation 3), of the
 *     probability of the reply held to be better, from 0.5 to 1
 */
public record PreferenceReport(
        int pairs, double accuracy, double low, double high, double logLoss, double calibrationError) {
    private static final double QUANTILE = 1.959963984540054;
    private static final int BINS = 10;

    /** From the chosen reply's margins, in logits. */
    static PreferenceReport of(double[] margins) {
        if (margins.length == 0) {
            throw new IllegalArgumentException("a report needs at least one pair");
        }
        int n = margins.length;
        double right = 0;
        double loss = 0;
        for (double margin : margins) {
            right += correct(margin);
            loss += BradleyTerry.loss(margin);
        }
        double p = right / n;
        double square = QUANTILE * QUANTILE / n;
        double centre = (p + square / 2) / (1 + square);
        double half = QUANTILE / (1 + square) * Math.sqrt(p * (1 - p) / n + square / (4 * n));
        return new PreferenceReport(n, p, centre - half, centre + half, loss / n, calibrationError(margins));
    }

    private static double calibrationError(double[] margins) {
        double[] surplus = new double[BINS];
        for (double margin : margins) {
            double confidence = BradleyTerry.probability(Math.abs(margin));
            int bin = Math.min(BINS - 1, (int) ((confidence - 0.5) * 2 * BINS));
            surplus[bin] += correct(margin) - confidence;
        }
        double error = 0;
        for (double bin : surplus) {
            error += Math.abs(bin) / margins.length;
        }
        return error;
    }

    private static double correct(double margin) {
        return margin > 0 ? 1 : margin == 0 ? 0.5 : 0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "accuracy %.3f [%.3f, %.3f], log-loss %.4f, calibration error %.3f, %d pairs",
                accuracy,
                low,
                high,
                logLoss,
                calibrationError,
                pairs);
    }
}
