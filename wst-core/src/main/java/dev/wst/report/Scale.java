package dev.wst.report;

import java.util.stream.DoubleStream;

/**
 * From where to where something is drawn.
 *
 * @param step from one round number on it to the next
 */
record Scale(double low, double high, double step) {
    static final Scale UNIT = new Scale(0, 1, 0.25);
    /** What lies below zero by so little of the height is drawn at zero. */
    private static final double NEARLY = 0.05;

    private static final double[] STEPS = {1, 2, 2.5, 5, 10};
    /** Of a step: more than the last digits of a quotient. */
    private static final double ROUNDING = 1e-9;

    /** From zero to this value. */
    static Scale upTo(double high, int ticks) {
        return new Scale(0, high, step(high, ticks));
    }

    /** That holds all of these values and ends in round numbers, about so many apart. */
    static Scale holding(DoubleStream values, int ticks) {
        double[] finite = values.filter(Double::isFinite).toArray();
        if (finite.length == 0) {
            return UNIT;
        }
        double low = DoubleStream.of(finite).min().orElse(0);
        double high = DoubleStream.of(finite).max().orElse(1);
        if (low == high) {
            double margin = low == 0 ? 1 : Math.abs(low) / 2;
            high = high + margin;
            low = low == 0 ? 0 : low - margin;
        }
        if (low < 0 && high > 0 && -low < NEARLY * high) {
            low = 0;
        }
        double step = step(high - low, ticks);
        return new Scale(Math.floor(low / step + ROUNDING) * step, Math.ceil(high / step - ROUNDING) * step, step);
    }

    /** A round number that goes about so many times into a span. */
    private static double step(double span, int ticks) {
        double raw = span / ticks;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double step : STEPS) {
            if (step * power >= raw * (1 - ROUNDING)) {
                return step * power;
            }
        }
        return 10 * power;
    }

    /** The round numbers on it. */
    double[] ticks() {
        double first = Math.ceil(low / step - ROUNDING) * step;
        int count = (int) Math.floor((high - first) / step + ROUNDING) + 1;
        double[] ticks = new double[count];
        for (int i = 0; i < count; i++) {
            ticks[i] = Math.abs(first + i * step) < step * ROUNDING ? 0 : first + i * step;
        }
        return ticks;
    }

    /** Where a value lies, 0 at the low end and 1 at the high one; ends are not passed. */
    double at(double value) {
        return Math.max(0, Math.min(1, (value - low) / (high - low)));
    }
}
