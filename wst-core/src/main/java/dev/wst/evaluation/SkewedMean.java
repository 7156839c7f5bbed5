package dev.wst.evaluation;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The mean of values of any kind: Student's t with the skewness taken out by a cubic transformation (Hall, On the removal of skewness
 * by transformation, Journal of the Royal Statistical Society B 54, 1992). Where values lie evenly about their mean it is Student's
 * interval; where a few are far from the others it reaches further to their side.
 */
final class SkewedMean {
    /** Of so many values at most one in n is unlike the others, at a confidence of 95 %: the rule of three. */
    private static final double THREE = 3;

    /** A deviation that counts as none: values that are equal but for the last digits of their differences. */
    private static final double NONE = 1e-8;

    /** A skewness that makes no difference. */
    private static final double EVEN = 1e-9;

    private static final int LARGE = 1000;
    private static final double USUAL = 0.95;

    private SkewedMean() {}

    /**
     * Of at least one value.
     *
     * @param range how far from the others a value may be that the sample does not hold; it matters where all are equal
     */
    static Interval interval(double[] values, double level, double range) {
        int n = values.length;
        double mean = StatUtils.mean(values);
        if (n < 2) {
            return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, n);
        }
        double deviation = Math.sqrt(StatUtils.variance(values, mean));
        if (deviation <= NONE) {
            double half = range * THREE * Math.log(1 - level) / Math.log(1 - USUAL) / n;
            return new Interval(mean, mean - half, mean + half, n);
        }
        double error = deviation / Math.sqrt(n);
        double skewness = skewness(values, mean) / Math.sqrt(n);
        double quantile = quantile(n, level);
        return new Interval(
                mean,
                mean - error * untransformed(quantile, skewness),
                mean - error * untransformed(-quantile, skewness),
                n);
    }

    private static double quantile(int n, double level) {
        double probability = (1 + level) / 2;
        return n > LARGE
                ? new NormalDistribution().inverseCumulativeProbability(probability)
                : new TDistribution(n - 1).inverseCumulativeProbability(probability);
    }

    private static double skewness(double[] values, double mean) {
        double square =
                Arrays.stream(values).map(v -> Math.pow(v - mean, 2)).average().orElseThrow();
        double cube =
                Arrays.stream(values).map(v -> Math.pow(v - mean, 3)).average().orElseThrow();
        return cube / Math.pow(square, 1.5);
    }

    /** The t whose transformation, t + a t²/3 + a² t³/27 + a/6, is this one. */
    private static double untransformed(double transformed, double a) {
        return Math.abs(a) < EVEN ? transformed : 3 / a * (Math.cbrt(1 + a * (transformed - a / 6)) - 1);
    }
}
