package dev.wst.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedSharesTest {
    private static final double Z = 1.959963985;

    /** The likeliest share of questions that only the second has right, if the difference were this: found by trying. */
    private static double likeliestLess(int more, int less, int count, double difference) {
        double low = Math.max(0, -difference);
        double high = (1 - difference) / 2;
        for (int i = 0; i < 200; i++) {
            double a = low + (high - low) / 3;
            double b = high - (high - low) / 3;
            if (likelihood(more, less, count, difference, a) < likelihood(more, less, count, difference, b)) {
                low = a;
            } else {
                high = b;
            }
        }
        return (low + high) / 2;
    }

    private static double likelihood(int more, int less, int count, double difference, double onlySecond) {
        return part(more, onlySecond + difference)
                + part(less, onlySecond)
                + part(count - more - less, 1 - 2 * onlySecond - difference);
    }

    private static double part(int seen, double share) {
        return seen == 0 ? 0 : seen * Math.log(Math.max(share, 1e-300));
    }

    private static double score(int more, int less, int count, double difference) {
        double onlySecond = likeliestLess(more, less, count, difference);
        return (more - less - count * difference)
                / Math.sqrt(count * (2 * onlySecond + difference - difference * difference));
    }

    @ParameterizedTest
    @CsvSource({"150, 86, 1600", "6, 0, 9", "12, 3, 40", "0, 7, 20", "5, 5, 12", "90, 1, 100"})
    void its_ends_are_the_differences_whose_score_is_the_quantile(int more, int less, int count) {
        Interval interval = new PairedShares(more, less, count).interval(0.95);
        assertThat(interval.mean()).isEqualTo((double) (more - less) / count);
        assertThat(score(more, less, count, interval.low())).isCloseTo(Z, within(1e-4));
        assertThat(score(more, less, count, interval.high())).isCloseTo(-Z, within(1e-4));
        assertThat(interval.count()).isEqualTo(count);
    }

    /** Approval of a prime minister in two surveys of 1,600 people (Agresti, Categorical data analysis, table 10.1). */
    @Test
    void of_many_questions_it_is_that_of_the_normal_distribution() {
        Interval interval = new PairedShares(150, 86, 1600).interval(0.95);
        double half = Z * Math.sqrt((150 + 86) / 1600.0 - 0.04 * 0.04) / 40;
        assertThat(interval.low()).isCloseTo(0.04 - half, within(5e-4));
        assertThat(interval.high()).isCloseTo(0.04 + half, within(5e-4));
    }

    @Test
    void arms_that_agree_everywhere_may_differ_by_little() {
        Interval interval = new PairedShares(0, 0, 100).interval(0.95);
        // z² / (n + z²): as of a share of which none was seen.
        assertThat(interval.high()).isCloseTo(Z * Z / (100 + Z * Z), within(1e-9));
        assertThat(interval.low()).isEqualTo(-interval.high());
    }

    @Test
    void an_arm_that_is_always_right_where_the_other_never_is_gains_at_most_one() {
        Interval interval = new PairedShares(20, 0, 20).interval(0.95);
        assertThat(interval.high()).isCloseTo(1, within(1e-12));
        assertThat(interval.low()).isBetween(0.6, 0.8);
        assertThat(new PairedShares(0, 20, 20).interval(0.95).high()).isEqualTo(-interval.low());
    }

    @Test
    void it_counts_the_questions_that_only_one_has_right() {
        assertThat(PairedShares.of(new double[] {1, 1, 0, 0, 1}, new double[] {1, 0, 1, 0, 0}))
                .isEqualTo(new PairedShares(2, 1, 5));
    }
}
