package dev.wst.rewards.math.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Rational;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {

    private static Numeral read(String text) {
        return Numerals.read(text, new Budget(10_000));
    }

    @ParameterizedTest
    @CsvSource({
        "12,12,1,0,0",
        "12.50,25,2,2,4",
        ".5,1,2,1,1",
        "0.050,1,20,3,2",
        "1.2e-5,3,250000,6,2",
        "1.5e3,1500,1,0,0",
        "1.2345e2,12345,100,2,5",
        "5e-2,1,20,2,1",
        "5e2,500,1,0,0",
        "000,0,1,0,0"
    })
    void a_numeral_has_a_value_places_and_significant_digits(
            String text, long numerator, long denominator, int places, int significant) {
        assertThat(read(text)).isEqualTo(new Numeral(Rational.of(numerator, denominator), places, significant));
    }

    @ParameterizedTest
    @CsvSource({"0.(3),1,3", "0.1(6),1,6", "1.(9),2,1", "0.(142857),1,7", "0.(01),1,99", "2.5(0),5,2"})
    void a_period_is_exact(String text, long numerator, long denominator) {
        assertThat(read(text)).isEqualTo(Numeral.of(Rational.of(numerator, denominator)));
    }

    @Test
    void the_largest_numerals_are_read() {
        assertThat(read("0." + "9".repeat(4998)).significant()).isEqualTo(4998);
        assertThat(read("1e20000").value().isInteger()).isTrue();
        assertThat(read("1e-20000").places()).isEqualTo(20000);
    }

    @Test
    void larger_ones_are_not() {
        for (String text : new String[] {"9".repeat(5001), "1e20001", "1e-20001", "1e1234567"}) {
            assertThatThrownBy(() -> read(text)).isInstanceOf(Budget.Exhausted.class);
        }
    }
}
