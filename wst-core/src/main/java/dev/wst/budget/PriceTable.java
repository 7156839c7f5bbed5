package dev.wst.budget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wst.InvalidInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What models cost, in one currency. Prices change: take them from your provider on the day of the run.
 *
 * <pre>{@code
 * PriceTable prices = PriceTable.in("USD").with("gpt-4o-mini", "0.15", "0.60").with("local", "0", "0");
 * }</pre>
 *
 * <p>As a file of JSON:
 *
 * <pre>
 * {"currency": "USD", "models": {"gpt-4o-mini": {"input": 0.15, "output": 0.60}}}
 * </pre>
 */
public final class PriceTable {
    private static final int TOKENS_OF_A_PRICE = 6;
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final String currency;
    private final Map<String, Price> prices;

    /** For a million tokens. */
    private record Price(BigDecimal input, BigDecimal output) {}

    private PriceTable(String currency, Map<String, Price> prices) {
        this.currency = currency;
        this.prices = prices;
    }

    /** A table without models. */
    public static PriceTable in(String currency) {
        if (currency.isBlank()) {
            throw new IllegalArgumentException("a price table needs the name of its currency, such as USD");
        }
        return new PriceTable(currency, Map.of());
    }

    /**
     * The table with one more model, or another price for one that it has.
     *
     * @param model as the provider names it; see {@link dev.wst.ModelCall#model}
     * @param input for a million tokens that the model reads, such as "0.15"
     * @param output for a million tokens that it writes
     * @throws IllegalArgumentException if a price is negative or no number
     */
    public PriceTable with(String model, String input, String output) {
        return with(model, new Price(price(model, input), price(model, output)));
    }

    private PriceTable with(String model, Price price) {
        if (model.isBlank()) {
            throw new IllegalArgumentException("a price needs the name of its model");
        }
        Map<String, Price> more = new TreeMap<>(prices);
        more.put(model, price);
        return new PriceTable(currency, more);
    }

    private static BigDecimal price(String model, String text) {
        BigDecimal price;
        try {
            price = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the price of a million tokens of " + model + " must be a number such as 0.15, got " + text, e);
        }
        if (price.signum() < 0) {
            throw new IllegalArgumentException(
                    "the price of a million tokens of " + model + " must be at least 0, got " + text);
        }
        return price;
    }

    /**
     * Reads a table.
     *
     * @throws InvalidInputException if the file cannot be read or is none
     */
    public static PriceTable read(Path file) {
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            if (!root.path("currency").isTextual() || !root.path("models").isObject()) {
                throw unreadable(file, "it lacks the text \"currency\" or the object \"models\"", null);
            }
            PriceTable table = in(root.path("currency").textValue());
            for (Map.Entry<String, JsonNode> model : root.path("models").properties()) {
                JsonNode input = model.getValue().path("input");
                JsonNode output = model.getValue().path("output");
                if (!input.isNumber() || !output.isNumber()) {
                    throw unreadable(
                            file, "the model " + model.getKey() + " lacks the number \"input\" or \"output\"", null);
                }
                table = table.with(
                        model.getKey(),
                        input.decimalValue().toPlainString(),
                        output.decimalValue().toPlainString());
            }
            return table;
        } catch (JsonProcessingException e) {
            throw unreadable(file, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InvalidInputException("the price table " + file + " cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw unreadable(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static InvalidInputException unreadable(Path file, String reason, @Nullable Throwable cause) {
        return new InvalidInputException(
                file + " is no price table: " + reason
                        + "; it looks like {\"currency\": \"USD\", \"models\": {\"NAME\": {\"input\": 0.15, \"output\": 0.60}}}"
                        + " with prices for a million tokens",
                cause);
    }

    public String currency() {
        return currency;
    }

    /**
     * What so many tokens of a model cost; exact.
     *
     * @throws InvalidInputException if the table does not have the model
     */
    public BigDecimal money(String model, long inputTokens, long outputTokens) {
        Price price = prices.get(model);
        if (price == null) {
            throw new InvalidInputException("the price table has no price for "
                    + (model.isEmpty() ? "a model without a name" : "the model " + model) + "; it has "
                    + (prices.isEmpty() ? "none at all" : String.join(", ", prices.keySet())) + ". Add it"
                    + (model.isEmpty() ? ", and give the student or judge the name of its model" : "")
                    + "; a model that costs nothing has the price 0");
        }
        return price.input()
                .multiply(BigDecimal.valueOf(inputTokens))
                .add(price.output().multiply(BigDecimal.valueOf(outputTokens)))
                .movePointLeft(TOKENS_OF_A_PRICE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PriceTable that && currency.equals(that.currency) && prices.equals(that.prices);
    }

    @Override
    public int hashCode() {
        return 31 * currency.hashCode() + prices.hashCode();
    }

    @Override
    public String toString() {
        return "PriceTable[" + currency + ", " + prices + "]";
    }
}
