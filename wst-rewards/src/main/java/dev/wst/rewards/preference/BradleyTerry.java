package dev.wst.rewards.preference;

/**
 * The model of Bradley and Terry (Biometrika 39, 1952): the probability that a reply is preferred is the logistic function
 * of the margin, its score minus the other's.
 */
final class BradleyTerry {
    private static final double HOTTEST = 100;
    private static final int STEPS = 100;

    private BradleyTerry() {}

    static double probability(double margin) {
        return 1 / (1 + Math.exp(-margin));
    }

    /** -log sigmoid(margin), without overflow. */
    static double loss(double margin) {
        return Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
    }

    /** Derivative of the loss: sigmoid(margin) - 1. */
    static double slope(double margin) {
        return -probability(-margin);
    }

    /**
     * The temperature that margins are divided by for the least loss (temperature scaling, arXiv 1706.04599). The loss is
     * convex in its reciprocal, so bisection on the sign of the slope finds it; 100 where the margins say nothing, 0.01
     * where they are always right.
     */
    static double temperature(double[] margins) {
        double low = 1 / HOTTEST;
        double high = HOTTEST;
        for (int i = 0; i < STEPS; i++) {
            double middle = Math.sqrt(low * high);
            double slope = 0;
            for (double margin : margins) {
                slope += margin * slope(middle * margin);
            }
            if (slope < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 1 / low;
    }
}
