package dev.wst.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.evaluation.Interval;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Numbers and axes as people read them. */
class NumbersTest {
    @Test
    void decimals_fit_the_size_and_minus_is_a_minus() {
        assertThat(Numbers.of(0.12345)).isEqualTo("0.123");
        assertThat(Numbers.of(-0.0001)).isEqualTo("0.000");
        assertThat(Numbers.of(-123.456)).isEqualTo("−123.5");
        assertThat(Numbers.of(1234567)).isEqualTo("1,234,567");
        assertThat(Numbers.of(Double.NaN)).isEqualTo("–");
        assertThat(Numbers.signed(new Interval(0.5, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1)))
                .isEqualTo("+0.500 [−∞, +∞]");
        assertThat(Numbers.brief(0.30000000000000004)).isEqualTo("0.3");
        assertThat(Numbers.brief(1e-7)).isEqualTo("0.0000001");
        assertThat(Numbers.rounded(29.366)).isEqualTo("29.4");
        assertThat(Numbers.rounded(0.5)).isEqualTo("0.500");
        assertThat(Numbers.rounded(2936.6)).isEqualTo("2,937");
        assertThat(Numbers.seconds(3.25)).isEqualTo("3.3 s");
        assertThat(Numbers.seconds(75)).isEqualTo("1 min 15 s");
        assertThat(Numbers.seconds(7384)).isEqualTo("2 h 3 min");
    }

    @Test
    void an_axis_ends_in_round_numbers_and_holds_all() {
        Scale scale = Scale.holding(DoubleStream.of(0.18, 0.97), 4);
        assertThat(Scale.holding(DoubleStream.of(7, 7), 4).ticks()).containsExactly(2, 4, 6, 8, 10, 12);
        assertThat(scale).isEqualTo(new Scale(0, 1, 0.2));
        assertThat(Scale.holding(DoubleStream.of(-0.01, 2.8), 4).low()).isZero();
        assertThat(Scale.holding(DoubleStream.of(-0.9, 2.8), 4).low()).isEqualTo(-1);
        assertThat(Scale.holding(DoubleStream.of(5, 5, Double.POSITIVE_INFINITY), 4))
                .isEqualTo(new Scale(2, 8, 2));
        assertThat(Scale.holding(DoubleStream.empty(), 4)).isEqualTo(Scale.UNIT);
        assertThat(Scale.UNIT.ticks()).containsExactly(0, 0.25, 0.5, 0.75, 1);
        assertThat(Scale.UNIT.at(7)).isEqualTo(1);
    }
}
