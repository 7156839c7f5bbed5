package dev.wst.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A line of tasks.jsonl. */
final class TaskLine {
    private static final String REFERENCE = "reference";

    private TaskLine() {}

    static ObjectNode of(String split, Task task, UnaryOperator<String> texts) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("split", split)
                .put("id", task.id())
                .put("prompt", texts.apply(task.prompt()));
        task.reference().ifPresent(reference -> line.put(REFERENCE, texts.apply(reference)));
        ObjectNode attributes = line.putObject("attributes");
        task.attributes().forEach((name, value) -> attributes.put(name, texts.apply(value)));
        return line;
    }

    static Task read(JsonNode line) {
        Map<String, String> attributes = new LinkedHashMap<>();
        line.path("attributes").forEachEntry((name, value) -> attributes.put(name, value.asText()));
        return new Task(
                line.path("id").asText(),
                line.path("prompt").asText(),
                line.has(REFERENCE) ? Optional.of(line.path(REFERENCE).asText()) : Optional.empty(),
                attributes);
    }
}
