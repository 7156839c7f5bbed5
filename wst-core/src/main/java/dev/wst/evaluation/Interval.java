package dev.wst.evaluation;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * A mean and the range that holds the true one with 95 % confidence, or another that was asked for.
 *
 * @param mean of the sample
 * @param low lower end
 * @param high upper end
 * @param count size of the sample
 */
public record Interval(double mean, double low, double high, int count) {
    private static final double LEVEL = 0.95;
    /** Of so many values at most one in n is unlike the others, at a confidence of 95 %: the rule of three. */
    private static final double THREE = 3;

    /** A deviation that counts as none: values that are equal but for the last digits of their differences. */
    private static final double NONE = 1e-8;

    /**
     * Of independent values: Wilson's score interval where all are 0 or 1, Student's t otherwise.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Interval of(double[] values) {
        return of(values, LEVEL);
    }

    /**
     * The same with a confidence of one's own, as where several intervals are to hold at once.
     *
     * @param level above 0 and below 1; 0.95 is that of {@link #of(double[])}
     * @throws IllegalArgumentException if there is no value, or the level is out of its range
     */
    public static Interval of(double[] values, double level) {
        requireLevel(level);
        if (values.length == 0) {
            throw new IllegalArgumentException("an interval needs at least one value");
        }
        double mean = StatUtils.mean(values);
        if (Arrays.stream(values).allMatch(v -> v == 0 || v == 1)) {
            int right = (int) Math.round(StatUtils.sum(values));
            ConfidenceInterval wilson = new WilsonScoreInterval().createInterval(values.length, right, level);
            return new Interval(mean, wilson.getLowerBound(), wilson.getUpperBound(), values.length);
        }
        return byDeviation(values, mean, level);
    }

    /**
     * Of the differences between pairs, by Student's t; where all differences are equal the rule of three stands in for the
     * deviation that cannot be seen.
     */
    public static Interval ofPairs(double[] first, double[] second) {
        return ofPairs(first, second, LEVEL);
    }

    /**
     * The same with a confidence of one's own, as where several intervals are to hold at once.
     *
     * @param level above 0 and below 1; 0.95 is that of {@link #ofPairs(double[], double[])}
     */
    public static Interval ofPairs(double[] first, double[] second, double level) {
        requireLevel(level);
        if (first.length != second.length || first.length == 0) {
            throw new IllegalArgumentException(
                    "pairs need two samples of one length, got " + first.length + " and " + second.length);
        }
        double[] differences = new double[first.length];
        Arrays.setAll(differences, i -> first[i] - second[i]);
        return byDeviation(differences, StatUtils.mean(differences), level);
    }

    private static void requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the confidence should lie between 0 and 1, as 0.95 does, got " + level);
        }
    }

    private static Interval byDeviation(double[] values, double mean, double level) {
        int n = values.length;
        if (n < 2) {
            return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, n);
        }
        double deviation = Math.sqrt(StatUtils.variance(values));
        double quantile = n > 1000
                ? new NormalDistribution().inverseCumulativeProbability((1 + level) / 2)
                : new TDistribution(n - 1).inverseCumulativeProbability((1 + level) / 2);
        double half = deviation <= NONE
                ? THREE * Math.log(1 - level) / Math.log(1 - LEVEL) / n
                : quantile * deviation / Math.sqrt(n);
        return new Interval(mean, mean - half, mean + half, n);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", mean, low, high);
    }
}
