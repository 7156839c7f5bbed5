package dev.wst.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.InvalidInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {
    private static final String FORM =
            "; it looks like {\"currency\": \"USD\", \"models\": {\"NAME\": {\"input\": 0.15,"
                    + " \"output\": 0.60}}} with prices for a million tokens";

    @TempDir
    Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("prices.json"), text);
    }

    @Test
    void prices_are_for_a_million_tokens_and_exact() {
        PriceTable prices = PriceTable.in("USD").with("small", "0.15", "0.60").with("free", "0", "0");
        assertThat(prices.money("small", 1_000_000, 0)).isEqualByComparingTo("0.15");
        assertThat(prices.money("small", 7, 3)).isEqualByComparingTo("0.00000285");
        assertThat(prices.money("free", 7, 3)).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(prices.currency()).isEqualTo("USD");
    }

    @Test
    void a_table_is_read_from_a_file() throws IOException {
        Path file = file("{\"currency\": \"EUR\", \"models\": {\"small\": {\"input\": 0.0375, \"output\": 1},"
                + " \"large\": {\"input\": 3, \"output\": 15.0}}}");
        assertThat(PriceTable.read(file))
                .isEqualTo(PriceTable.in("EUR").with("large", "3", "15.0").with("small", "0.0375", "1"));
    }

    @Test
    void a_model_without_a_price_is_named_with_those_that_have_one() {
        assertThatThrownBy(() -> PriceTable.in("USD")
                        .with("small", "1", "2")
                        .with("large", "3", "4")
                        .money("medium", 1, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "the price table has no price for the model medium; it has large, small. Add it; a model that"
                                + " costs nothing has the price 0");
        assertThatThrownBy(() -> PriceTable.in("USD").money("", 1, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "the price table has no price for a model without a name; it has none at all. Add it, and give"
                                + " the student or judge the name of its model; a model that costs nothing has the price 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|it lacks the text \"currency\" or the object \"models\"",
                "[1]|it lacks the text \"currency\" or the object \"models\"",
                "{\"currency\": \"\", \"models\": {}}|a price table needs the name of its currency, such as USD",
                "{\"currency\": \"USD\", \"models\": {\"a\": {\"input\": 1}}}|the model a lacks the number \"input\" or"
                        + " \"output\"",
                "{\"currency\": \"USD\", \"models\": {\"a\": {\"input\": 1, \"output\": -1}}}|the price of a million tokens"
                        + " of a must be at least 0, got -1"
            })
    void a_file_that_is_no_table_is_refused(String text, String reason) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> PriceTable.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(file + " is no price table: " + reason + FORM);
    }

    @Test
    void a_file_that_is_no_json_is_refused() throws IOException {
        Path file = file("{\"currency\": ");
        assertThatThrownBy(() -> PriceTable.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(file + " is no price table: Unexpected end-of-input")
                .hasMessageEndingWith(FORM);
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        Path file = directory.resolve("none.json");
        assertThatThrownBy(() -> PriceTable.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the price table " + file + " cannot be read: java.nio.file.NoSuchFileException: " + file);
    }

    @Test
    void a_price_is_a_number_from_zero_on() {
        PriceTable prices = PriceTable.in("USD");
        assertThatThrownBy(() -> prices.with("a", "free", "0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the price of a million tokens of a must be a number such as 0.15, got free");
        assertThatThrownBy(() -> prices.with("a", "0", "-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the price of a million tokens of a must be at least 0, got -1");
        assertThatThrownBy(() -> prices.with(" ", "0", "0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a price needs the name of its model");
    }
}
