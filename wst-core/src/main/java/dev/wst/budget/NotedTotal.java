package dev.wst.budget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A line of a {@link JournalFile}: a checksum and a total as JSON.
 *
 * @param number how many totals were noted, this one included
 */
record NotedTotal(long number, Spent total) {
    /** Of a line, its end included. */
    static final int BYTES = 256;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHECKSUM_DIGITS = 16;

    byte[] line() {
        Cost cost = total.cost();
        // Put together by hand, since it is done before each call: numbers have nothing that JSON would escape.
        String json = "{\"number\":" + number
                + ",\"calls\":" + cost.calls()
                + ",\"input_tokens\":" + cost.inputTokens()
                + ",\"output_tokens\":" + cost.outputTokens()
                + ",\"money\":\"" + cost.money().toPlainString()
                + "\",\"uncounted\":" + cost.uncounted()
                + ",\"millis\":" + total.time().toMillis() + "}";
        String line = checksum(json) + " " + json;
        if (line.length() >= BYTES) {
            throw new IllegalArgumentException("a total has fewer digits than " + json);
        }
        return (line + " ".repeat(BYTES - 1 - line.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The total in a line; empty if it is not whole. */
    static Optional<NotedTotal> read(String line) {
        String text = line.strip();
        String json = text.substring(text.indexOf(' ') + 1);
        return text.equals(checksum(json) + " " + json) ? Optional.of(parsed(json)) : Optional.empty();
    }

    private static NotedTotal parsed(String json) {
        try {
            JsonNode total = JSON.readTree(json);
            Cost cost = new Cost(
                    total.required("calls").longValue(),
                    total.required("input_tokens").longValue(),
                    total.required("output_tokens").longValue(),
                    new BigDecimal(total.required("money").textValue()),
                    total.required("uncounted").longValue());
            Duration time = Duration.ofMillis(total.required("millis").longValue());
            return new NotedTotal(total.required("number").longValue(), new Spent(cost, time));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a total whose checksum is right is JSON, got " + json, e);
        }
    }

    private static String checksum(String json) {
        return Hashing.sha256()
                .hashString(json, StandardCharsets.UTF_8)
                .toString()
                .substring(0, CHECKSUM_DIGITS);
    }
}
