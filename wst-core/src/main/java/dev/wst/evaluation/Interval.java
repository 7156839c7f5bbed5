package dev.wst.evaluation;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * A mean and the range that holds the true one with 95 % confidence.
 *
 * @param mean of the sample
 * @param low lower end
 * @param high upper end
 * @param count size of the sample
 */
public record Interval(double mean, double low, double high, int count) {
    private static final double LEVEL = 0.95;
    /** A deviation that counts as none: values that are equal but for the last digits of their differences. */
    private static final double NONE = 1e-8;

    /**
     * Of independent values: Wilson's score interval where all are 0 or 1, Student's t otherwise.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Interval of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("an interval needs at least one value");
        }
        double mean = StatUtils.mean(values);
        if (Arrays.stream(values).allMatch(v -> v == 0 || v == 1)) {
            int right = (int) Math.round(StatUtils.sum(values));
            ConfidenceInterval wilson = new WilsonScoreInterval().createInterval(values.length, right, LEVEL);
            return new Interval(mean, wilson.getLowerBound(), wilson.getUpperBound(), values.length);
        }
        return byDeviation(values, mean);
    }

    /**
     * Of the differences between pairs, by Student's t; where all differences are equal the rule of three stands in for the
     * deviation that cannot be seen.
     */
    public static Interval ofPairs(double[] first, double[] second) {
        if (first.length != second.length || first.length == 0) {
            throw new IllegalArgumentException(
                    "pairs need two samples of one length, got " + first.length + " and " + second.length);
        }
        double[] differences = new double[first.length];
        Arrays.setAll(differences, i -> first[i] - second[i]);
        return byDeviation(differences, StatUtils.mean(differences));
    }

    private static Interval byDeviation(double[] values, double mean) {
        int n = values.length;
        if (n < 2) {
            return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, n);
        }
        double deviation = Math.sqrt(StatUtils.variance(values));
        double quantile = n > 1000
                ? new NormalDistribution().inverseCumulativeProbability((1 + LEVEL) / 2)
                : new TDistribution(n - 1).inverseCumulativeProbability((1 + LEVEL) / 2);
        double half = deviation <= NONE ? 3.0 / n : quantile * deviation / Math.sqrt(n);
        return new Interval(mean, mean - half, mean + half, n);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", mean, low, high);
    }
}
