package dev.wst.rewards.math.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenNumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Add two hundred forty to three quarters. | Add 240 to 3/4.",
                "Twenty-five of them, a dozen, 3 million  | 25 of them, 12, 3000000",
                "one by one and minus seven               | 1 by 1 and -7",
                "Read it. Eighteen is right.              | Read it. 18 is right.",
                "Stop.eighteen                            | Stop. 18",
                "1.25 thousand of a kind                  | 1.25 thousand of a kind",
                "a second, often, someone                 | a second, often, someone",
                "48 and 18                                | 48 and 18",
            })
    void numerals_in_words_become_digits_where_they_stand(String text, String digits) {
        assertThat(SpokenNumbers.inDigits(text)).isEqualTo(digits);
    }
}
