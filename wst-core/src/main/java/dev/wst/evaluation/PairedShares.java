package dev.wst.evaluation;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How much larger one share is than another where both are of the same questions: Tango's score interval (Equivalence test and
 * confidence interval for the difference in proportions for the paired-sample design, Statistics in Medicine 17, 1998, equations 8
 * and 9). It holds all differences that a score test would not refuse.
 *
 * <p>Of Student's t, Newcombe's hybrid score method 10, Agresti and Min's, Bonett and Price's and this one it alone stayed between 93
 * and 97 % for 200 and 1,000 questions wherever some differed; {@code figures coverage} tells of the smaller ones.
 *
 * @param more questions that only the first has right
 * @param less questions that only the second has right
 * @param count all questions
 */
record PairedShares(int more, int less, int count) {
    private static final int HALVINGS = 60;

    /** @param first of 0 and 1 alone, as is second, in the order of the questions */
    static PairedShares of(double[] first, double[] second) {
        int more = 0;
        int less = 0;
        for (int i = 0; i < first.length; i++) {
            more += first[i] > second[i] ? 1 : 0;
            less += first[i] < second[i] ? 1 : 0;
        }
        return new PairedShares(more, less, first.length);
    }

    Interval interval(double level) {
        double quantile = new NormalDistribution().inverseCumulativeProbability((1 + level) / 2);
        double mean = (double) (more - less) / count;
        return new Interval(mean, lowest(quantile), -swapped().lowest(quantile), count);
    }

    private PairedShares swapped() {
        return new PairedShares(/* more= */ less, /* less= */ more, count);
    }

    /** The score falls as the supposed difference rises; here it passes the quantile. */
    private double lowest(double quantile) {
        double refused = -1;
        double held = (double) (more - less) / count;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (refused + held) / 2;
            if (score(middle) > quantile) {
                refused = middle;
            } else {
                held = middle;
            }
        }
        return held;
    }

    /** How far what was seen is from a supposed difference, in standard deviations if that were the true one. */
    private double score(double difference) {
        double b = -more - less + (2.0 * count - more + less) * difference;
        double c = -less * difference * (1 - difference);
        double likeliestLess = (Math.sqrt(Math.max(0, b * b - 8.0 * count * c)) - b) / (4.0 * count);
        double variance = count * (2 * likeliestLess + difference * (1 - difference));
        double distance = more - less - count * difference;
        return variance <= 0 ? Math.signum(distance) * Double.POSITIVE_INFINITY : distance / Math.sqrt(variance);
    }
}
