package dev.wst.rewards.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wst.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A multiple-choice question as a task. */
final class Choices {
    /** AQuA's {@code A)32400}. */
    private static final Pattern LABELLED = Pattern.compile("\\s*\\(?(\\p{Alnum})\\s*\\)(.*)", Pattern.DOTALL);

    private Choices() {}

    static boolean describes(JsonNode node) {
        return node.path("question").path("choices").isArray()
                || (node.path("options").isArray() && node.path("correct").isTextual());
    }

    /** @throws IllegalArgumentException saying what is wrong with the question, its choices or its key */
    static Task task(JsonNode node, String id) {
        boolean nested = node.path("question").isObject();
        String stem = nested ? text(node.path("question"), "stem") : text(node, "question");
        String key = text(node, nested ? "answerKey" : "correct").strip();
        Map<String, String> choices =
                nested ? labelled(node.path("question").path("choices")) : prefixed(node.path("options"));
        String right = choices.get(key);
        if (right == null) {
            throw new IllegalArgumentException("the answer key is " + key + ", the choices are " + choices.keySet());
        }
        String lines = choices.entrySet().stream()
                .map(choice -> choice.getKey() + ") " + choice.getValue())
                .collect(Collectors.joining("\n"));
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("stem", stem);
        attributes.put("choices", lines);
        attributes.put("right_choice", right);
        if (node.path("rationale").isTextual()) {
            attributes.put("rationale", node.path("rationale").asText());
        }
        return new Task(id, stem.stripTrailing() + "\n" + lines, Optional.of(key), attributes);
    }

    /** CommonsenseQA: objects of label and text. */
    private static Map<String, String> labelled(JsonNode array) {
        Map<String, String> choices = new LinkedHashMap<>();
        array.forEach(choice -> put(choices, text(choice, "label").strip(), text(choice, "text")));
        return choices;
    }

    /** AQuA: texts that begin with their label. */
    private static Map<String, String> prefixed(JsonNode array) {
        Map<String, String> choices = new LinkedHashMap<>();
        for (JsonNode choice : array) {
            Matcher matcher = LABELLED.matcher(choice.asText());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("an option must begin with its label as in A)12, got " + choice);
            }
            put(choices, matcher.group(1), matcher.group(2));
        }
        return choices;
    }

    private static void put(Map<String, String> choices, String label, String text) {
        if (choices.putIfAbsent(label, text.strip()) != null) {
            throw new IllegalArgumentException("two choices are labelled " + label);
        }
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new IllegalArgumentException("expected a text under " + name + ", got " + value);
        }
        return value.asText();
    }
}
