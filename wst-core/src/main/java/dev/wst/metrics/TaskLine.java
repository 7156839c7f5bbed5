package dev.wst.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Task;
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

    static Task read(RecordedObject line) {
        return line.made(() ->
                new Task(line.text("id"), line.text("prompt"), line.optionalText(REFERENCE), line.texts("attributes")));
    }
}
