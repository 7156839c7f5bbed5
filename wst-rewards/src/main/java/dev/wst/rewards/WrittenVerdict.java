package dev.wst.rewards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Reward;
import java.util.LinkedHashMap;
import java.util.Map;

/** A verdict with a value as the text that is kept of it: to the last bit, parts in their order. */
final class WrittenVerdict {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private WrittenVerdict() {}

    static String of(Reward verdict) {
        ObjectNode json = JSON.createObjectNode().put("value", verdict.value());
        ObjectNode parts = json.putObject("parts");
        verdict.parts().forEach(parts::put);
        return json.toString();
    }

    static Reward read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Map<String, Double> parts = new LinkedHashMap<>();
            json.required("parts")
                    .properties()
                    .forEach(part -> parts.put(part.getKey(), part.getValue().doubleValue()));
            return Reward.of(json.required("value").doubleValue(), parts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is kept as a verdict is JSON, got " + text, e);
        }
    }
}
