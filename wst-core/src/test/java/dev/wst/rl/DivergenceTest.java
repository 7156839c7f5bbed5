package dev.wst.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wst.TokenScores;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The divergence from the reference and from where a batch was sampled, by hand. */
class DivergenceTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final double[] NOW = {-1, -2};
    private static final double[] REFERENCE = {-1.5, -1.5};
    /** {@code exp(-d) + d - 1} where d is a half up, and a half down. */
    private static final double UP = Math.exp(-0.5) + 0.5 - 1;

    private static final double[] QUARTERS = {0.25, 0.25};
    private static final double DOWN = Math.exp(0.5) - 0.5 - 1;
    private static final double SLOPE_UP = 1 - Math.exp(-0.5);
    private static final double SLOPE_DOWN = 1 - Math.exp(0.5);

    @Test
    void three_estimates_of_one_token() {
        assertThat(KlEstimator.K1.value(-1, -1.5)).isEqualTo(0.5);
        assertThat(KlEstimator.K1.slope(-1, -1.5)).isEqualTo(1);
        assertThat(KlEstimator.K2.value(-1, -1.5)).isEqualTo(0.125);
        assertThat(KlEstimator.K2.slope(-1, -1.5)).isEqualTo(0.5);
        assertThat(KlEstimator.K3.value(-1, -1.5)).isCloseTo(UP, EXACT);
        assertThat(KlEstimator.K3.slope(-1, -1.5)).isCloseTo(SLOPE_UP, EXACT);
        assertThat(KlEstimator.K3.value(-2, -1.5)).isCloseTo(DOWN, EXACT);
        assertThat(KlEstimator.K3.slope(-2, -1.5)).isCloseTo(SLOPE_DOWN, EXACT);
    }

    @ParameterizedTest
    @CsvSource({"-1, -31, 20", "-31, -1, -20"})
    void beyond_twenty_nats_the_estimate_stands_still(double now, double reference, double limited) {
        assertThat(KlEstimator.K3.value(now, reference)).isEqualTo(Math.expm1(-limited) + limited);
        assertThat(KlEstimator.K3.slope(now, reference)).isZero();
        assertThat(KlEstimator.K3.slope(limited, 0)).as("at the limit").isEqualTo(-Math.expm1(-limited));
    }

    @Test
    void a_term_without_correction_adds_to_the_loss_and_to_the_slopes_that_are_there() {
        double[] slopes = {10, 20};
        KlPenalty penalty = new KlPenalty(0.5, false);
        // A token's share is 0.25, so that each estimate counts an eighth, whatever its ratio is.
        double loss = penalty.byToken(NOW, REFERENCE, new double[] {3, 4}, QUARTERS, slopes);
        assertThat(loss).isCloseTo((UP + DOWN) / 8, EXACT);
        assertThat(slopes).containsExactly(new double[] {10 + SLOPE_UP / 8, 20 + SLOPE_DOWN / 8}, EXACT);
        double[] byInstruction = {10, 20};
        assertThat(penalty.byInstruction(NOW, REFERENCE, 3, QUARTERS, byInstruction))
                .isEqualTo(loss);
        assertThat(byInstruction).containsExactly(slopes);
        assertThat(penalty.estimate(-1, -1.5, 3)).isCloseTo(UP, EXACT);
    }

    @Test
    void a_corrected_term_is_multiplied_by_the_ratio_of_each_token() {
        double[] slopes = {10, 20};
        KlPenalty penalty = new KlPenalty(0.5, true);
        double loss = penalty.byToken(NOW, REFERENCE, new double[] {3, 4}, QUARTERS, slopes);
        assertThat(loss).isCloseTo((3 * UP + 4 * DOWN) / 8, EXACT);
        assertThat(slopes)
                .containsExactly(new double[] {10 + 3 * (SLOPE_UP + UP) / 8, 20 + 4 * (SLOPE_DOWN + DOWN) / 8}, EXACT);
        assertThat(penalty.estimate(-1, -1.5, 3)).isCloseTo(3 * UP, EXACT);
    }

    @Test
    void a_corrected_term_of_a_whole_instruction_moves_its_one_ratio_by_every_token() {
        double[] slopes = {10, 20};
        double loss = new KlPenalty(0.5, true).byInstruction(NOW, REFERENCE, 3, QUARTERS, slopes);
        double mean = (UP + DOWN) / 2;
        assertThat(loss).isCloseTo(3 * (UP + DOWN) / 8, EXACT);
        assertThat(slopes)
                .containsExactly(
                        new double[] {10 + 3 * (SLOPE_UP + mean) / 8, 20 + 3 * (SLOPE_DOWN + mean) / 8}, EXACT);
    }

    @Test
    void the_approximate_divergence_is_half_the_mean_square_over_the_tokens_of_a_minibatch() {
        List<Experience> all = List.of(
                new Experience(0, 1, 2, new double[] {-1, -1}, new double[0], new double[0]),
                new Experience(0, 1, 1, new double[] {-9}, new double[0], new double[0]),
                new Experience(0, 1, 1, new double[] {-1}, new double[0], new double[0]));
        List<TokenScores> scores = List.of(
                TokenScores.of(new double[] {-2}, new double[1]), TokenScores.of(new double[] {-3, -1}, new double[2]));
        // Log-ratios -1, -2 and 0: (1 + 4) / 2 / 3.
        assertThat(LogRatios.halfMeanSquare(all, new int[] {2, 0}, scores)).isCloseTo(5 / 6.0, EXACT);
        assertThat(LogRatios.halfMeanSquare(all, new int[0], List.of())).isZero();
    }

    @Test
    void the_mean_of_sums_is_taken_over_rows_of_any_length() {
        assertThat(Statistics.meanOfSums(new double[][] {{1, 2, 3}, {4}})).isEqualTo(5);
        assertThat(Statistics.meanOfSums(new double[0][])).isZero();
    }
}
