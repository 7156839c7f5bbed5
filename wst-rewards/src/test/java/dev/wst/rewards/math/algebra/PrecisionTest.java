package dev.wst.rewards.math.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Digits from the On-Line Encyclopedia of Integer Sequences: A000796, A001113, A002162, A002193. */
class PrecisionTest {
    private static final BigDecimal PI = new BigDecimal("3.14159265358979323846264338327950288419716939937510");
    private static final BigDecimal E = new BigDecimal("2.71828182845904523536028747135266249775724709369995");
    private static final BigDecimal LN2 = new BigDecimal("0.69314718055994530941723212145817656807550013436025");

    private static void close(BigDecimal value, BigDecimal expected) {
        assertThat(value.subtract(expected).abs()).isLessThan(new BigDecimal("1e-48"));
    }

    @Test
    void constants_have_their_known_digits() {
        close(Precision.STANDARD.pi(), PI);
        close(Precision.HIGH.pi(), PI);
        close(Precision.STANDARD.exp(BigDecimal.ONE), E);
        close(Precision.STANDARD.ln(BigDecimal.valueOf(2)), LN2);
    }

    @Test
    void functions_invert_each_other() {
        close(Precision.STANDARD.ln(Precision.STANDARD.exp(new BigDecimal("-7.25"))), new BigDecimal("-7.25"));
        close(Precision.STANDARD.ln(new BigDecimal("1e-30")).negate(), Precision.STANDARD.ln(new BigDecimal("1e30")));
        close(Precision.STANDARD.arctan(BigDecimal.ONE).multiply(BigDecimal.valueOf(4)), PI);
        close(Precision.STANDARD.arctan(BigDecimal.valueOf(-3)), Precision.HIGH.arctan(BigDecimal.valueOf(-3)));
    }

    @Test
    void sine_and_cosine_know_their_angles() {
        BigDecimal sixth = Precision.HIGH.pi().divide(BigDecimal.valueOf(6), Precision.HIGH.context());
        close(Precision.STANDARD.sin(sixth), new BigDecimal("0.5"));
        close(Precision.STANDARD.cos(sixth.multiply(BigDecimal.valueOf(2))), new BigDecimal("0.5"));
        close(Precision.STANDARD.sin(sixth.multiply(BigDecimal.valueOf(601))), new BigDecimal("0.5"));
        close(Precision.STANDARD.cos(BigDecimal.ZERO), BigDecimal.ONE);
    }

    @Test
    void numbers_of_extreme_size_cost_no_digits() {
        BigDecimal tiny = new BigDecimal(BigInteger.ONE, 400_000_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(Precision.STANDARD.exp(tiny)).isEqualByComparingTo(BigDecimal.ONE);
            assertThat(Precision.STANDARD.exp(BigDecimal.ZERO.setScale(400_000_000)))
                    .isEqualByComparingTo(BigDecimal.ONE);
            assertThat(Precision.STANDARD.sin(tiny).signum()).isEqualTo(1);
            assertThat(Precision.STANDARD.cos(tiny).subtract(BigDecimal.ONE).abs())
                    .isLessThan(new BigDecimal("1e-50"));
        });
    }

    @Test
    void what_is_much_smaller_than_the_last_place_rounds_as_it_should() {
        BigDecimal tiny = new BigDecimal(BigInteger.TWO, 1_000_000_000);
        assertThat(Precision.toPlaces(tiny, 2, RoundingMode.HALF_UP)).isEqualTo("0.00");
        assertThat(Precision.toPlaces(tiny, 2, RoundingMode.CEILING)).isEqualTo("0.01");
        assertThat(Precision.toPlaces(tiny.negate(), 2, RoundingMode.FLOOR)).isEqualTo("-0.01");
        assertThat(Precision.toPlaces(new BigDecimal("0.0050"), 2, RoundingMode.HALF_UP))
                .isEqualTo("0.01");
        assertThat(Precision.toPlaces(new BigDecimal("0.0049"), 2, RoundingMode.HALF_UP))
                .isEqualTo("0.00");
    }
}
