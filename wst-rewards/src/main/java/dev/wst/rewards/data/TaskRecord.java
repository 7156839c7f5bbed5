package dev.wst.rewards.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wst.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One JSON object as a task. */
final class TaskRecord {
    private static final List<String> QUESTIONS = List.of("question", "problem", "prompt", "input");
    private static final List<String> ANSWERS = List.of("answer", "output");
    private static final List<String> IDS = List.of("id", "unique_id", "task_id");
    private static final Set<String> NOT_ATTRIBUTES =
            Set.of("question", "problem", "prompt", "input", "answer", "output", "id", "unique_id", "task_id");
    private static final String GSM8K = "####";
    private static final String SOLUTION = "solution";

    private static final Pattern BOX = Pattern.compile("\\\\(?:boxed|fbox)(?:\\s*\\{|\\s+([^\\s{}$]*[^\\s{}$.,;:]))");

    private TaskRecord() {}

    /** @throws IllegalArgumentException saying what the object lacks */
    static Task of(JsonNode node, String place) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(
                    "expected a JSON object with a question and an answer, got " + node.getNodeType());
        }
        if (Choices.describes(node)) {
            return Choices.task(node, first(node, IDS).orElse(place));
        }
        String question = first(node, QUESTIONS)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a text under one of " + QUESTIONS + "; the fields are " + names(node)));
        Map<String, String> attributes = new LinkedHashMap<>();
        node.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !NOT_ATTRIBUTES.contains(field.getKey())) {
                attributes.put(field.getKey(), field.getValue().asText());
            }
        });
        Optional<String> answer = first(node, ANSWERS);
        Optional<String> reference = answer.isPresent() ? answer : boxed(attributes.get(SOLUTION));
        int mark = answer.map(text -> text.lastIndexOf(GSM8K)).orElse(-1);
        if (mark >= 0) {
            String solution = answer.orElseThrow();
            attributes.put(SOLUTION, solution);
            reference = Optional.of(solution.substring(mark + GSM8K.length()).strip());
        }
        if (reference.isPresent() && reference.get().isBlank()) {
            throw new IllegalArgumentException("the answer is blank");
        }
        return new Task(first(node, IDS).orElse(place), question, reference, attributes);
    }

    private static Optional<String> first(JsonNode node, List<String> names) {
        for (String name : names) {
            JsonNode value = node.path(name);
            if (value.isTextual() || value.isNumber() || value.isBoolean()) {
                return Optional.of(value.asText());
            }
            if (!value.isMissingNode() && !value.isNull()) {
                throw new IllegalArgumentException("the field " + name + " must be a text, got " + value.getNodeType());
            }
        }
        return Optional.empty();
    }

    private static List<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** What stands in the last {@code \boxed{}} or {@code \fbox{}}, or as one word after it: {@code \boxed 5}. */
    private static Optional<String> boxed(@Nullable String solution) {
        if (solution == null) {
            return Optional.empty();
        }
        Matcher box = BOX.matcher(solution);
        int open = -1;
        Optional<String> bare = Optional.empty();
        while (box.find()) {
            open = box.group(1) == null ? box.end() - 1 : -1;
            bare = Optional.ofNullable(box.group(1));
        }
        if (open < 0) {
            return bare;
        }
        int depth = 0;
        for (int i = open; i < solution.length(); i++) {
            char c = solution.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return Optional.of(solution.substring(open + 1, i));
            }
        }
        return Optional.empty();
    }
}
