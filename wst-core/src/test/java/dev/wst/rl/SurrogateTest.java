package dev.wst.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurrogateTest {
    private final Surrogate surrogate = new Surrogate(0.25, 0.5);

    /** The ratio may go from 0.75 to 1.5; beyond, only what would be an improvement is held back. */
    @ParameterizedTest
    @CsvSource({
        // ratio, advantage, loss, slope, clips
        "1,     2,  -2,   -2,   false",
        "1,    -2,   2,    2,   false",
        "2,     2,  -3,    0,   true",
        "2,    -2,   4,    4,   false",
        "0.5,   2,  -1,   -1,   false",
        "0.5,  -2,   1.5,  0,   true",
        "1.5,   2,  -3,   -3,   false",
        "0.75, -2,   1.5,  1.5, false",
        "2,     0,   0,    0,   false"
    })
    void an_improvement_beyond_the_range_counts_no_further(
            double ratio, double advantage, double loss, double slope, boolean clips) {
        assertThat(surrogate.loss(ratio, advantage) + 0.0).isEqualTo(loss);
        assertThat(surrogate.slope(ratio, advantage) + 0.0).isEqualTo(slope);
        assertThat(surrogate.clips(ratio, advantage)).isEqualTo(clips);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.2", "1, 0.2", "-0.1, 0.2", "NaN, 0.2", "0.2, 0", "0.2, -1", "0.2, NaN"})
    void a_range_that_holds_nothing_or_everything_is_refused(double low, double high) {
        assertThatThrownBy(() -> new Surrogate(low, high))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got " + low + " and " + high);
    }
}
