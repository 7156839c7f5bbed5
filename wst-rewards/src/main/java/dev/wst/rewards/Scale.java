package dev.wst.rewards;

import dev.wst.Reward;
import java.util.Arrays;
import java.util.Collection;

/**
 * The mean and spread of a reward, by which its values are brought to mean 0 and deviation 1.
 *
 * <pre>{@code
 * Scale scale = Scale.of(reward.scoreAll(attempts).toCompletableFuture().join());
 * RewardFunction scaled = Rewards.of(reward).normalise(scale);
 * }</pre>
 *
 * @param mean in the reward's own unit
 * @param deviation the standard deviation, above 0
 */
public record Scale(double mean, double deviation) {
    /** Deviations below this share of the largest value are rounding errors of equal values. */
    private static final double ROUNDING = 1e-12;

    public Scale {
        Pointwise.requireFinite("the mean", mean);
        if (!(deviation > 0) || !Double.isFinite(deviation)) {
            throw new IllegalArgumentException("the deviation must be above 0 and finite, got " + deviation);
        }
    }

    /**
     * The mean and the standard deviation (n - 1 in the divisor) of the verdicts there are; it does not depend on their
     * order.
     *
     * @throws IllegalArgumentException if fewer than two are scored or all are equal
     */
    public static Scale of(Collection<Reward> rewards) {
        return of(rewards.stream()
                .filter(Reward::isScored)
                .mapToDouble(Reward::value)
                .toArray());
    }

    /** The value in deviations from the mean. */
    public double standardise(double value) {
        return (value - mean) / deviation;
    }

    static Scale of(double[] values) {
        if (values.length < 2) {
            throw new IllegalArgumentException("a scale needs at least two values, got " + values.length);
        }
        double mean = mean(values);
        double deviation = deviation(values, mean);
        if (isRounding(values, deviation)) {
            throw new IllegalArgumentException("there is no spread to scale by: all values are " + values[0]);
        }
        return new Scale(mean, deviation);
    }

    static boolean hasSpread(double[] values) {
        return values.length > 1 && !isRounding(values, deviation(values, mean(values)));
    }

    static boolean isMeasurable(double[] values) {
        return Double.isFinite(deviation(values, mean(values)));
    }

    private static boolean isRounding(double[] values, double deviation) {
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        return deviation <= ROUNDING * largest;
    }

    /** Summed from the least to the greatest, since the sum of doubles depends on the order. */
    private static double mean(double[] values) {
        double sum = 0;
        for (double value : Arrays.stream(values).sorted().toArray()) {
            sum += value / values.length;
        }
        return sum;
    }

    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double value : Arrays.stream(values).sorted().toArray()) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }
}
