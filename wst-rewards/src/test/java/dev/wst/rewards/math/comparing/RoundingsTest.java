package dev.wst.rewards.math.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.reading.Answers;
import dev.wst.rewards.math.reading.CommaReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingsTest {
    private static boolean between(String shown, String exact) {
        return new Roundings(6, new Budget(50_000)).between(tree(shown), tree(exact));
    }

    private static Node tree(String text) {
        return Answers.read(text, CommaReading.THOUSANDS, new Budget(10_000));
    }

    @ParameterizedTest
    @CsvSource({
        "0.333333,1/3",
        "0.6666666,2/3",
        "0.666666666666666666666666666666666666666666666666666667,2/3",
        "1.414213562373095048801688724209698078569671875376948073,\\sqrt2",
        "23.999999999999996,24",
        "23.9999999999999,24",
        "1.0000000000000002,1",
        "0.9999999999999999,\\tan 45^\\circ"
    })
    void a_rounding_and_a_printed_double_are_the_value(String shown, String exact) {
        assertThat(between(shown, exact)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0.33333,1/3",
        "0.333334,1/3",
        "4.00000000000001,4",
        "4.000000000000000001,4",
        "0.25000000000000001,1/4",
        "2.9999999,\\log_2 8",
        "0.99999999,\\sin^2 1+\\cos^2 1",
        "4.000001,4",
        "0.333333,x"
    })
    void what_says_something_else_is_not(String shown, String exact) {
        assertThat(between(shown, exact)).isFalse();
    }

    @Test
    void digits_beyond_the_limit_are_no_rounding() {
        assertThat(between("0." + "3".repeat(Roundings.MOST_DIGITS), "1/3")).isTrue();
        assertThat(between("0." + "3".repeat(Roundings.MOST_DIGITS + 1), "1/3")).isFalse();
    }
}
