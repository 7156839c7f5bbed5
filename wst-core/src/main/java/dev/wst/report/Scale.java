package dev.wst.report;

import java.util.stream.DoubleStream;

/** From where to where something is drawn. */
record Scale(double low, double high) {
    static final Scale UNIT = new Scale(0, 1);
    /** What lies below zero by so little of the height is drawn at zero. */
    private static final double NEARLY = 0.05;

    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    /** That holds all of these values and ends in round numbers. */
    static Scale holding(DoubleStream values, int ticks) {
        double[] finite = values.filter(Double::isFinite).toArray();
        if (finite.length == 0) {
            return UNIT;
        }
        double low = DoubleStream.of(finite).min().orElse(0);
        double high = DoubleStream.of(finite).max().orElse(1);
        if (low == high) {
            double margin = low == 0 ? 1 : Math.abs(low) / 2;
            high = low + margin;
            low = low >= 0 && low - margin < 0 ? 0 : low - margin;
        }
        if (low < 0 && high > 0 && -low < NEARLY * high) {
            low = 0;
        }
        double step = step(high - low, ticks);
        return new Scale(Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step);
    }

    /** A round number that goes about so many times into a span. */
    static double step(double span, int ticks) {
        double raw = span / Math.max(1, ticks);
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double step : STEPS) {
            if (step * power >= raw * (1 - 1e-9)) {
                return step * power;
            }
        }
        return 10 * power;
    }

    /** Round numbers from one end to the other. */
    double[] ticks(int about) {
        double step = step(high - low, about);
        double first = Math.ceil(low / step - 1e-9) * step;
        int count = (int) Math.floor((high - first) / step + 1e-9) + 1;
        double[] ticks = new double[count];
        for (int i = 0; i < count; i++) {
            ticks[i] = Math.abs(first + i * step) < step * 1e-9 ? 0 : first + i * step;
        }
        return ticks;
    }

    /** Where a value lies, 0 at the low end and 1 at the high one; ends are not passed. */
    double at(double value) {
        return Math.max(0, Math.min(1, (value - low) / (high - low)));
    }
}
