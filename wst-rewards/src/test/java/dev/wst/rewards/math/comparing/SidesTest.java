package dev.wst.rewards.math.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.math.Equivalence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kind: a chain of equations whose values differ, so that it gives two answers. */
class SidesTest {
    @ParameterizedTest
    @ValueSource(strings = {"19 = 18", "18 = 19", "18 \\approx 19", "x = 19 = 18", "19\\% = 18", "5 = 19 = 18"})
    void an_equation_of_two_answers_is_none(String answer) {
        assertThat(Equivalence.standard().compare("18", answer).isEqual()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9 \\cdot 2 = 18",
                "x = 9 \\cdot 2 = 18",
                "18 \\approx 20",
                "18 = 18.0",
                "\\$9 \\cdot 2 = \\$18",
                "22_8 = 18",
                "3 \\cdot 6 \\approx 18"
            })
    void an_equation_that_holds_gives_its_value(String answer) {
        assertThat(Equivalence.standard().compare("18", answer).isEqual()).isTrue();
    }
}
