package dev.wst.rl;

import java.util.stream.DoubleStream;

/** The standard deviation of rewards. */
public final class Deviation {
    /** What counts as none: rewards that are equal but for the last digits of their sums. TRL's closeness. */
    private static final double NONE = 1e-8;

    private Deviation() {}

    /** Bessel-corrected; 0 for a single value. */
    public static double of(double... values) {
        if (values.length < 2) {
            return 0;
        }
        double mean = DoubleStream.of(values).average().orElse(0);
        double squares =
                DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }

    /** Whether the values are equal, or as good as. */
    public static boolean isZero(double... values) {
        return isNone(of(values));
    }

    /** Whether a standard deviation is that of values that are equal, or as good as. */
    public static boolean isNone(double deviation) {
        return deviation <= NONE;
    }
}
