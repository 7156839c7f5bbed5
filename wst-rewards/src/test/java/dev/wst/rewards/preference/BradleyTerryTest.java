package dev.wst.rewards.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BradleyTerryTest {

    /** Values of log(1 + exp(-x)) and 1 / (1 + exp(-x)), by thirty-digit decimals in Python. */
    @ParameterizedTest
    @CsvSource({
        "0,     0.69314718055994530942, 0.5",
        "2,     0.12692801104297249644, 0.88079707797788244406",
        "-2,    2.12692801104297249644, 0.11920292202211755594",
        "-1000, 1000,                   0",
        "1000,  0,                      1",
    })
    void loss_and_probability_are_what_they_are_by_definition(double margin, double loss, double probability) {
        assertThat(BradleyTerry.loss(margin)).isCloseTo(loss, within(1e-12));
        assertThat(BradleyTerry.probability(margin)).isCloseTo(probability, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-5, -0.3, 0, 0.7, 4})
    void the_slope_is_the_finite_difference_of_the_loss(double margin) {
        double step = 1e-5;
        double difference = (BradleyTerry.loss(margin + step) - BradleyTerry.loss(margin - step)) / (2 * step);
        assertThat(BradleyTerry.slope(margin)).isCloseTo(difference, within(1e-9));
    }

    @Test
    void the_temperature_makes_confidence_equal_to_accuracy() {
        // Three margins of 6 are right and one is wrong: sigmoid(6 / T) = 3/4, so T = 6 / ln 3.
        assertThat(BradleyTerry.temperature(new double[] {6, 6, 6, -6})).isCloseTo(6 / Math.log(3), within(1e-9));
        // Always right, always wrong, or silent: the ends of the range.
        assertThat(BradleyTerry.temperature(new double[] {1, 2})).isCloseTo(0.01, within(1e-9));
        assertThat(BradleyTerry.temperature(new double[] {-1, -2})).isCloseTo(100, within(1e-6));
        assertThat(BradleyTerry.temperature(new double[] {0, 0})).isCloseTo(100, within(1e-6));
    }

    @Test
    void a_report_counts_as_by_hand() {
        double three = Math.log(3); // probability 3/4
        PreferenceReport report = PreferenceReport.of(new double[] {three, three, three, -three});
        assertThat(report.accuracy()).isEqualTo(0.75);
        assertThat(report.calibrationError()).isCloseTo(0, within(1e-12));
        assertThat(report.logLoss()).isCloseTo(-(3 * Math.log(0.75) + Math.log(0.25)) / 4, within(1e-12));
        // Wilson's interval of 3 of 4 at 95 %, by the formula in Python.
        assertThat(report.low()).isCloseTo(0.3006, within(1e-4));
        assertThat(report.high()).isCloseTo(0.9544, within(1e-4));
        // Sure and half wrong: confidence 3/4 against 1/2.
        assertThat(PreferenceReport.of(new double[] {three, -three}).calibrationError())
                .isCloseTo(0.25, within(1e-12));
        assertThat(PreferenceReport.of(new double[] {0, 0}).accuracy()).isEqualTo(0.5);
    }
}
