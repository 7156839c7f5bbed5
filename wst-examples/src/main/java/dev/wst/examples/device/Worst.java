package dev.wst.examples.device;

import java.util.Locale;

/** The largest difference seen so far, and where. */
final class Worst {
    private double difference;
    private String where = "nowhere";

    /** Compares numbers; each difference counts in units of {@code tolerance}, of which one is too much. */
    void compare(String what, double[] actual, double[] expected, double tolerance) {
        if (actual.length != expected.length) {
            throw new CheckFailedException(what + ": " + actual.length + " numbers instead of " + expected.length);
        }
        for (int i = 0; i < actual.length; i++) {
            double share = Math.abs(actual[i] - expected[i]) / tolerance;
            if (!(share <= difference)) {
                difference = share;
                where = String.format(Locale.ROOT, "%s [%d]: %.8g instead of %.8g", what, i, actual[i], expected[i]);
            }
        }
    }

    void compare(String what, float[] actual, float[] expected, double tolerance) {
        compare(what, doubles(actual), doubles(expected), tolerance);
    }

    void compare(String what, double actual, double expected, double tolerance) {
        compare(what, new double[] {actual}, new double[] {expected}, tolerance);
    }

    private static double[] doubles(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    /** What share of the tolerance was used, at most; fails above one. */
    String verdict() {
        if (!(difference <= 1)) {
            throw new CheckFailedException(
                    String.format(Locale.ROOT, "%.3g times the tolerance at %s", difference, where));
        }
        return String.format(Locale.ROOT, "at most %.2g of the tolerance", difference);
    }
}
