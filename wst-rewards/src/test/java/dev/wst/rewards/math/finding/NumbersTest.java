package dev.wst.rewards.math.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NumbersTest {

    static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of("1 and 22", List.of("1", "22")),
                Arguments.of("3.14", List.of("3.14")),
                Arguments.of("3.", List.of("3")),
                Arguments.of(".5 or 0.5", List.of(".5", "0.5")),
                Arguments.of("1..5", List.of("1", ".5")),
                Arguments.of("1.2.3", List.of("1.2", "3")),
                Arguments.of("1,234,567", List.of("1,234,567")),
                Arguments.of("1,234.5", List.of("1,234.5")),
                Arguments.of("1234,567", List.of("1234", "567")),
                Arguments.of("1,2345", List.of("1", "2345")),
                Arguments.of("1,23x", List.of("1,23")),
                Arguments.of("12,50", List.of("12,50")),
                Arguments.of("0,5", List.of("0,5")),
                Arguments.of("0,12345", List.of("0,12345")),
                Arguments.of("1,2", List.of("1", "2")),
                Arguments.of("1,2,3", List.of("1", "2", "3")),
                Arguments.of("10,20,30", List.of("10", "20", "30")),
                Arguments.of("0,5,7", List.of("0", "5", "7")),
                Arguments.of("10,20, 30", List.of("10,20", "30")),
                Arguments.of("05,5", List.of("05", "5")),
                Arguments.of("1/2", List.of("1/2")),
                Arguments.of("1/", List.of("1")),
                Arguments.of("1.5/2.5x", List.of("1.5/2.5")),
                Arguments.of("5% of 6\\%", List.of("5%", "6\\%")),
                Arguments.of("5\\pi", List.of("5")),
                Arguments.of("1e5", List.of("1e5")),
                Arguments.of("1e-5", List.of("1e-5")),
                Arguments.of("1E+12", List.of("1E+12")),
                Arguments.of("1e", List.of("1")),
                Arguments.of("2e-x", List.of("2")),
                Arguments.of("AZ2B", List.of()),
                Arguments.of("x5", List.of("5")),
                Arguments.of("ax5", List.of()),
                Arguments.of("a_5", List.of()),
                Arguments.of("Z5 z5 a5 A5", List.of()),
                Arguments.of("\u00E95", List.of("5")),
                Arguments.of("[5 {6 `7 @8", List.of("5", "6", "7", "8")),
                Arguments.of("-3", List.of("-3")),
                Arguments.of("2-3", List.of("2", "3")),
                Arguments.of("x-3", List.of("3")),
                Arguments.of(")-3 }-4 ]-5", List.of("3", "4", "5")),
                Arguments.of("--3", List.of("3")),
                Arguments.of("= -3", List.of("-3")),
                Arguments.of("$5", List.of("$5")),
                Arguments.of("\\$5", List.of("\\$5")),
                Arguments.of("-$5", List.of("-$5")),
                Arguments.of("-\\$5", List.of("-\\$5")),
                Arguments.of("\u20AC7", List.of("\u20AC7")),
                Arguments.of("no number", List.of()));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numbers_are_found_in_order(String text, List<String> expected) {
        List<Piece> found = Numbers.in(text);
        assertThat(found).extracting(Piece::text).containsExactlyElementsOf(expected);
        assertThat(found)
                .allMatch(number -> text.substring(number.start(), number.end()).equals(number.text()));
    }
}
