package dev.wst.rewards.math.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.math.comparing.Verdict.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainNumbersTest {
    @ParameterizedTest
    @CsvSource({
        "5,5.0,EQUAL",
        "-5,5,DIFFERENT",
        "-5,-5.0,EQUAL",
        "05,5,EQUAL",
        "0.5,0.50,EQUAL",
        "1.2345,1.2346,DIFFERENT",
        "09,90,DIFFERENT",
        "123456789012345678,123456789012345678,EQUAL",
        "123456789012345678,123456789012345679,DIFFERENT"
    })
    void plain_numbers_are_compared_at_once(String one, String other, Outcome outcome) {
        assertThat(PlainNumbers.compare(one, other)).isEqualTo(new Verdict(outcome, Verdict.Basis.PROOF, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5.",
                ".5",
                "-.5",
                "-",
                "",
                "1.2.3",
                "1,000",
                "1.23456",
                "1234567890123456789",
                "1e5",
                "1/2",
                "1:2",
                "x",
                "+5",
                "--5",
                "5-"
            })
    void other_numbers_are_not_plain(String text) {
        assertThat(PlainNumbers.compare(text, "5")).isNull();
        assertThat(PlainNumbers.compare("5", text)).isNull();
    }
}
