package dev.wst.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SkewedMeanTest {
    /** One in ten is 10: skewness (1 - 2p) / sqrt(p (1 - p)) = 2.6667, deviation 10 sqrt(0.09 * 20 / 19). */
    private static final double[] FEW = new double[20];

    static {
        FEW[3] = 10;
        FEW[11] = 10;
    }

    private static double transformed(double end) {
        double a = 0.8 / 0.3 / Math.sqrt(20);
        double t = Math.sqrt(20) * (1 - end) / (10 * Math.sqrt(0.09 * 20 / 19));
        return t + a * t * t / 3 + a * a * t * t * t / 27 + a / 6;
    }

    @Test
    void its_ends_are_where_the_transformed_t_is_the_quantile() {
        Interval interval = SkewedMean.interval(FEW, 0.95, 1);
        // Student's t with 19 degrees of freedom at 97.5 %.
        assertThat(transformed(interval.low())).isCloseTo(2.093024, within(1e-5));
        assertThat(transformed(interval.high())).isCloseTo(-2.093024, within(1e-5));
    }

    @Test
    void it_reaches_further_to_the_side_of_rare_rewards() {
        Interval few = SkewedMean.interval(FEW, 0.95, 1);
        assertThat(few.high() - few.mean()).isGreaterThan(2 * (few.mean() - few.low()));
        Interval mirrored =
                SkewedMean.interval(DoubleStream.of(FEW).map(v -> -v).toArray(), 0.95, 1);
        assertThat(mirrored.low()).isCloseTo(-few.high(), within(1e-12));
        assertThat(mirrored.high()).isCloseTo(-few.low(), within(1e-12));
    }

    @Test
    void a_larger_unit_makes_a_larger_interval_of_the_same_shape() {
        Interval ten = SkewedMean.interval(DoubleStream.of(FEW).map(v -> 10 * v).toArray(), 0.95, 1);
        Interval one = SkewedMean.interval(FEW, 0.95, 1);
        assertThat(ten.low()).isCloseTo(10 * one.low(), within(1e-9));
        assertThat(ten.high()).isCloseTo(10 * one.high(), within(1e-9));
    }
}
