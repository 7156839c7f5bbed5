package dev.wst.report;

import dev.wst.evaluation.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {
    private static final MathContext FIVE = new MathContext(5, RoundingMode.HALF_EVEN);
    private static final int DIGITS = 3;
    private static final double LARGE = 1000;

    private Numbers() {}

    /** With three decimals, or fewer where it is large. */
    static String of(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
        }
        int decimals = Math.abs(value) >= LARGE ? 0 : Math.abs(value) >= LARGE / 10 ? 1 : DIGITS;
        return minus(String.format(Locale.ROOT, "%,." + decimals + "f", value));
    }

    /** The same with its sign. */
    static String signed(double value) {
        return value > 0 ? "+" + of(value) : of(value);
    }

    static String of(Interval interval) {
        return of(interval.mean()) + " " + range(interval);
    }

    static String signed(Interval interval) {
        return signed(interval.mean()) + " [" + signed(interval.low()) + ", " + signed(interval.high()) + "]";
    }

    static String range(Interval interval) {
        return "[" + of(interval.low()) + ", " + of(interval.high()) + "]";
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** As short as it can be. */
    static String brief(double value) {
        if (!Double.isFinite(value)) {
            return of(value);
        }
        return minus(new BigDecimal(value).round(FIVE).stripTrailingZeros().toPlainString());
    }

    /** With three digits that count, and none behind the point where it is large. */
    static String rounded(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value) || size >= LARGE) {
            return of(value);
        }
        int decimals = size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
        return minus(String.format(Locale.ROOT, "%." + decimals + "f", value));
    }

    static String seconds(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %d min", whole / 3600, whole % 3600 / 60);
    }

    private static String minus(String number) {
        // What rounds to nothing has no sign.
        return number.matches("-0(\\.0*)?") ? number.substring(1) : number.replace('-', '−');
    }
}
