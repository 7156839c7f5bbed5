package dev.wst.evaluation;

import com.google.common.primitives.Doubles;
import java.util.Arrays;
import java.util.Locale;
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
    static final double LEVEL = 0.95;
    /** Of rewards, where the sample does not show another. */
    private static final double USUAL_RANGE = 1;

    /**
     * Of independent values: Wilson's score interval where all are 0 or 1, otherwise Student's t with Hall's correction for skewness.
     * Where all are equal and not 0 or 1, the rule of three stands in for the deviation that cannot be seen: of n values that are
     * alike, 3 / n of others may be 1 away from them.
     *
     * <p>95 % of such intervals hold the true mean: between 93 and 97 of 100 in {@code figures coverage}, but for those that it
     * names. A few values far from the rest that a small sample does not hold are beyond any of them.
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
        if (areShares(values)) {
            int right = (int) Math.round(StatUtils.sum(values));
            ConfidenceInterval wilson = new WilsonScoreInterval().createInterval(values.length, right, level);
            return new Interval(StatUtils.mean(values), wilson.getLowerBound(), wilson.getUpperBound(), values.length);
        }
        return SkewedMean.interval(values, level, USUAL_RANGE);
    }

    private static boolean areShares(double[] values) {
        return Arrays.stream(values).allMatch(v -> v == 0 || v == 1);
    }

    /**
     * Of the differences between pairs: Tango's score interval where all values are 0 or 1; otherwise as {@link #of(double[])} of the
     * differences. Where all of those are equal, others may be as far from them as the values are from each other, and 1 at least.
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
        if (areShares(first) && areShares(second)) {
            return PairedShares.of(first, second).interval(level);
        }
        double[] differences = new double[first.length];
        Arrays.setAll(differences, i -> first[i] - second[i]);
        double[] all = Doubles.concat(first, second);
        return SkewedMean.interval(differences, level, Math.max(USUAL_RANGE, Doubles.max(all) - Doubles.min(all)));
    }

    private static void requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the confidence should lie between 0 and 1, as 0.95 does, got " + level);
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", mean, low, high);
    }
}
