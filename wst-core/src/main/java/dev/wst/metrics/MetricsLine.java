package dev.wst.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.StepMetrics;
import dev.wst.Validation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A line of metrics.jsonl: that of a step or that of a validation. */
final class MetricsLine {
    private static final String STEP = "step";
    private static final String UNSCORED = "eval/unscored";
    /** Numbers that differ between equal runs; they stand last in a line. */
    private static final List<String> TIMES = List.of("step_time", "eps");

    private MetricsLine() {}

    static ObjectNode of(StepMetrics step) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put(STEP, step.step());
        step.values().forEach((name, value) -> {
            if (!TIMES.contains(name)) {
                line.put(name, value);
            }
        });
        TIMES.stream().filter(step.values()::containsKey).forEach(name -> line.put(name, step.value(name)));
        return line;
    }

    static ObjectNode of(Validation validation) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put(STEP, validation.step());
        validation.meanReward().ifPresent(mean -> line.put("eval/reward", mean));
        line.put(UNSCORED, validation.unscored());
        for (String student : validation.students()) {
            validation.meanReward(student).ifPresent(mean -> line.put("eval/" + student + "/reward", mean));
            line.put("eval/" + student + "/unscored", validation.unscored(student));
        }
        return line;
    }

    static boolean isValidation(JsonNode line) {
        return line.has(UNSCORED);
    }

    static int step(JsonNode line) {
        return line.path(STEP).asInt();
    }

    static StepMetrics metrics(JsonNode line) {
        Map<String, Double> values = new LinkedHashMap<>();
        line.forEachEntry((name, value) -> {
            if (!name.equals(STEP)) {
                values.put(name, value.asDouble());
            }
        });
        return new StepMetrics(step(line), values);
    }
}
