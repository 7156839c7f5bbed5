package dev.wst.evaluation;

import dev.wst.Seed;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The bootstrap's interval for a mean of paired differences: questions are drawn anew with both of their rewards, and the ends are
 * corrected for bias and skewness (BCa: Efron, Better bootstrap confidence intervals, Journal of the American Statistical Association
 * 82, 1987). It assumes no distribution; of few questions it is too narrow, since it draws from nothing that was not seen.
 */
final class Resampled {
    private static final int DRAWS = 10_000;
    private static final NormalDistribution NORMAL = new NormalDistribution();

    private Resampled() {}

    /** At least one difference; where all are equal, nothing but that is ever drawn. */
    static Interval interval(double[] differences, double level, Seed seed) {
        int n = differences.length;
        double mean = StatUtils.mean(differences);
        double[] drawn = means(differences, seed);
        double half = (1 - level) / 2;
        double bias = NORMAL.inverseCumulativeProbability(below(drawn, mean));
        double acceleration = acceleration(differences, mean);
        return new Interval(
                mean,
                end(drawn, corrected(NORMAL.inverseCumulativeProbability(half), bias, acceleration)),
                end(drawn, corrected(NORMAL.inverseCumulativeProbability(1 - half), bias, acceleration)),
                n);
    }

    /** In ascending order. */
    private static double[] means(double[] differences, Seed seed) {
        SplittableRandom random = new SplittableRandom(seed.derive("bootstrap").value());
        int n = differences.length;
        double[] means = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += differences[random.nextInt(n)];
            }
            means[draw] = sum / n;
        }
        Arrays.sort(means);
        return means;
    }

    /** The share of those below, with half of those that are equal; never 0 or 1. */
    private static double below(double[] drawn, double mean) {
        double step = Math.ulp(mean) * drawn.length;
        long less = Arrays.stream(drawn).filter(v -> v < mean - step).count();
        long equal =
                Arrays.stream(drawn).filter(v -> Math.abs(v - mean) <= step).count();
        return Math.min(Math.max((less + equal / 2.0) / drawn.length, 1.0 / drawn.length), 1 - 1.0 / drawn.length);
    }

    private static double acceleration(double[] differences, double mean) {
        double squares = IntStream.range(0, differences.length)
                .mapToDouble(i -> Math.pow(differences[i] - mean, 2))
                .sum();
        double cubes = IntStream.range(0, differences.length)
                .mapToDouble(i -> Math.pow(differences[i] - mean, 3))
                .sum();
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    /** Efron's equation 3.9: the share of draws below the end. */
    private static double corrected(double quantile, double bias, double acceleration) {
        double shifted = bias + quantile;
        return NORMAL.cumulativeProbability(bias + shifted / (1 - acceleration * shifted));
    }

    private static double end(double[] drawn, double share) {
        return drawn[(int) Math.min(Math.max(Math.floor(share * drawn.length), 0), drawn.length - 1)];
    }
}
