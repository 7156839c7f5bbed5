package dev.wst.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.StepMetrics;
import dev.wst.Validation;
import java.util.LinkedHashMap;
import java.util.Map;

/** A line of metrics.jsonl: that of a step or that of a validation. */
final class MetricsLine {
    private static final String STEP = "step";
    private static final String REWARD = "eval/reward";
    private static final String UNSCORED = "eval/unscored";

    private MetricsLine() {}

    /** Numbers that may differ between equal runs stand last. */
    static ObjectNode of(StepMetrics step) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put(STEP, step.step());
        Map<String, Double> outcome = step.outcome().values();
        outcome.forEach(line::put);
        step.values().forEach((name, value) -> {
            if (!outcome.containsKey(name)) {
                line.put(name, value);
            }
        });
        return line;
    }

    static ObjectNode of(Validation validation) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put(STEP, validation.step());
        validation.meanReward().ifPresent(mean -> line.put(REWARD, mean));
        line.put(UNSCORED, validation.unscored());
        for (String student : validation.students()) {
            validation.meanReward(student).ifPresent(mean -> line.put("eval/" + student + "/reward", mean));
            line.put("eval/" + student + "/unscored", validation.unscored(student));
        }
        return line;
    }

    /** The numbers of a validation by name. */
    static Map<String, Double> values(Validation validation) {
        Map<String, Double> values = new LinkedHashMap<>();
        validation.meanReward().ifPresent(mean -> values.put(REWARD, mean));
        values.put(UNSCORED, (double) validation.unscored());
        for (String student : validation.students()) {
            validation.meanReward(student).ifPresent(mean -> values.put("eval/" + student + "/reward", mean));
            values.put("eval/" + student + "/unscored", (double) validation.unscored(student));
        }
        return values;
    }

    static boolean isValidation(RecordedObject line) {
        return line.has(UNSCORED);
    }

    static int step(RecordedObject line) {
        return line.count(STEP);
    }

    static StepMetrics metrics(RecordedObject line) {
        return new StepMetrics(step(line), line.numbersWithout(STEP));
    }
}
