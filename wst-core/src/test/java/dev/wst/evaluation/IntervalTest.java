package dev.wst.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
    private static final Offset<Double> EXACT = within(1e-12);

    /** As many zeros as twos, so that the mean is 1 and the sum of squares about it is n. */
    private static double[] zerosAndTwos(int n) {
        return IntStream.range(0, n).mapToDouble(i -> i % 2 * 2).toArray();
    }

    /** Quantiles of Student's t at 97.5 %, and from 1001 values on that of the normal distribution. */
    @ParameterizedTest
    @CsvSource({"2, 12.706205", "10, 2.262157", "1000, 1.962341", "1002, 1.959964"})
    void values_of_any_size_have_students_interval(int n, double quantile) {
        Interval interval = Interval.of(zerosAndTwos(n));
        double half = quantile * Math.sqrt(1.0 / (n - 1));
        assertThat(interval.mean()).isCloseTo(1, EXACT);
        assertThat(interval.low()).isCloseTo(1 - half, within(1e-6));
        assertThat(interval.high()).isCloseTo(1 + half, within(1e-6));
        assertThat(interval.count()).isEqualTo(n);
    }

    @Test
    void wilsons_interval_never_leaves_the_range_of_a_share() {
        // z² / (n + z²) is the other end where nothing, or everything, was right.
        double other = 1.959964 * 1.959964 / (3 + 1.959964 * 1.959964);
        Interval nothing = Interval.of(new double[3]);
        assertThat(nothing.mean()).isZero();
        assertThat(nothing.low()).isCloseTo(0, EXACT);
        assertThat(nothing.high()).isCloseTo(other, within(1e-6));
        Interval everything = Interval.of(new double[] {1, 1, 1});
        assertThat(everything.mean()).isEqualTo(1);
        assertThat(everything.low()).isCloseTo(1 - other, within(1e-6));
        assertThat(everything.high()).isCloseTo(1, EXACT);
        assertThat(everything.count()).isEqualTo(3);
    }

    /** Quantiles at 99.5 % for a confidence of 99 %. */
    @Test
    void another_confidence_has_another_interval() {
        assertThat(Interval.of(new double[300], 0.99).high())
                .isCloseTo(2.575829 * 2.575829 / (300 + 2.575829 * 2.575829), within(1e-6));
        assertThat(Interval.of(zerosAndTwos(10), 0.99).low()).isCloseTo(1 - 3.249836 / 3, within(1e-6));
        double[] first = zerosAndTwos(1002);
        assertThat(Interval.ofPairs(first, new double[1002], 0.99).high())
                .isCloseTo(1 + 2.575829 / Math.sqrt(1001), within(1e-6));
        // One in n differs by 2, as the values do, and was not seen: log(0.01) / n, for which 3 / n stands at 95 %.
        assertThat(Interval.ofPairs(first, first, 0.99).high())
                .isCloseTo(2 * 3 * Math.log(0.01) / Math.log(0.05) / 1002, within(1e-9));
        assertThat(Interval.of(first, 0.95)).isEqualTo(Interval.of(first));
        assertThat(Interval.ofPairs(first, first, 0.95)).isEqualTo(Interval.ofPairs(first, first));
        for (double level : new double[] {0, 1, Double.NaN}) {
            assertThatThrownBy(() -> Interval.of(first, level))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the confidence should lie between 0 and 1, as 0.95 does, got " + level);
            assertThatThrownBy(() -> Interval.ofPairs(first, first, level))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void one_value_between_0_and_1_is_enough_for_students_interval() {
        Interval interval = Interval.of(new double[] {0, 1, 0.5, 0.5});
        // The deviation is sqrt(1 / 6), t(3) at 97.5 % is 3.182446.
        assertThat(interval.high() - interval.mean()).isCloseTo(3.182446 * Math.sqrt(1 / 24.0), within(1e-6));
    }

    @Test
    void a_single_value_says_nothing_of_the_range() {
        Interval interval = Interval.of(new double[] {0.3});
        assertThat(interval).isEqualTo(new Interval(0.3, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1));
        assertThat(Interval.ofPairs(new double[] {3}, new double[] {1}))
                .isEqualTo(new Interval(2, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1));
    }

    @Test
    void values_that_differ_by_a_rounding_are_alike() {
        Interval pairs = Interval.ofPairs(new double[] {0.2, 0.3, 0.4}, new double[] {0.1, 0.2, 0.3});
        assertThat(pairs.mean()).isCloseTo(0.1, EXACT);
        assertThat(pairs.low()).isCloseTo(-0.9, EXACT);
        assertThat(pairs.high()).isCloseTo(1.1, EXACT);
    }

    @Test
    void a_difference_that_was_not_seen_may_be_as_large_as_the_rewards_allow() {
        double[] grades = IntStream.range(0, 20).mapToDouble(i -> i % 11).toArray();
        assertThat(Interval.ofPairs(grades, grades)).isEqualTo(new Interval(0, -10 * 3.0 / 20, 10 * 3.0 / 20, 20));
        assertThat(Interval.of(new double[20]).low()).isCloseTo(0, EXACT);
        double[] alike = new double[20];
        Arrays.fill(alike, 7);
        assertThat(Interval.of(alike)).isEqualTo(new Interval(7, 7 - 3.0 / 20, 7 + 3.0 / 20, 20));
        assertThat(Interval.ofPairs(alike, alike)).isEqualTo(new Interval(0, -3.0 / 20, 3.0 / 20, 20));
    }

    @Test
    void pairs_are_subtracted_in_order() {
        Interval pairs = Interval.ofPairs(new double[] {5, 1}, new double[] {1, 3});
        assertThat(pairs.mean()).isEqualTo(1);
        assertThat(pairs.count()).isEqualTo(2);
        assertThat(pairs.high()).isCloseTo(1 + 12.706205 * 3, within(1e-5));
    }

    @Test
    void nothing_and_pairs_that_do_not_match_are_refused() {
        assertThatThrownBy(() -> Interval.of(new double[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an interval needs at least one value");
        assertThatThrownBy(() -> Interval.ofPairs(new double[0], new double[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pairs need two samples of one length, got 0 and 0");
        assertThatThrownBy(() -> Interval.ofPairs(new double[2], new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pairs need two samples of one length, got 2 and 1");
    }

    @Test
    void an_interval_is_shown_with_three_digits() {
        assertThat(new Interval(0.51239, -1, 2.00051, 7)).hasToString("0.512 [-1.000, 2.001]");
    }
}
