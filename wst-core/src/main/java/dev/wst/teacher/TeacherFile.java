package dev.wst.teacher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.engine.weights.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code teacher.json}: what a teacher needs besides the weights of its adapter, kept in the adapter's directory. Python's peft
 * pays no attention to it.
 *
 * @param baseWeights the fingerprint of the weights that the adapter was trained beside; empty where anybody's will do
 * @param prompt what the teacher was shown while it learned
 */
record TeacherFile(Optional<String> baseWeights, TeacherPrompt prompt) {
    static final String NAME = "teacher.json";
    private static final int FORMAT = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Of an adapter's directory; empty if it has none, as one that Python wrote.
     *
     * @throws ModelFileException if it is damaged or of a later version
     */
    static Optional<TeacherFile> in(Path adapter) {
        Path file = adapter.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode json = parse(file);
        if (json.path("format").asInt() != FORMAT) {
            throw new ModelFileException(file + " should be of format " + FORMAT + ", but is of format "
                    + (json.has("format") ? json.get("format") : "none")
                    + "; read it with the version of this library that wrote it, or a later one");
        }
        Optional<String> base =
                json.has("base_weights") ? Optional.of(text(file, json, "base_weights")) : Optional.empty();
        return Optional.of(new TeacherFile(base, prompt(file, json.path("prompt"))));
    }

    private static JsonNode parse(Path file) {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new ModelFileException(file + " is not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelFileException(file + " cannot be read: " + e, e);
        }
    }

    private static TeacherPrompt prompt(Path file, JsonNode json) {
        List<TeacherPrompt.Example> examples = new ArrayList<>();
        for (JsonNode example : json.path("examples")) {
            examples.add(new TeacherPrompt.Example(text(file, example, "message"), text(file, example, "instruction")));
        }
        Optional<String> system = json.has("system") ? Optional.of(text(file, json, "system")) : Optional.empty();
        try {
            return new TeacherPrompt(system, examples, text(file, json, "request"), text(file, json, "revision"));
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(file + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path file, JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw new ModelFileException(
                    file + ": " + field + " should be a text, but is " + (value.isMissingNode() ? "missing" : value));
        }
        return value.asText();
    }

    /**
     * Checks that the adapter belongs to a model.
     *
     * @param weights the fingerprint of the model's weights
     * @throws ModelFileException if it does not
     */
    void requireBase(Path adapter, Path model, String weights) {
        if (baseWeights.isPresent() && !baseWeights.get().equals(weights)) {
            throw new ModelFileException("the adapter in " + adapter + " was trained beside other weights ("
                    + baseWeights.get() + ") than those of " + model + " (" + weights
                    + "); load it with the base model that it was trained on, or, where this is the same model in another"
                    + " form, take base_weights out of " + adapter.resolve(NAME));
        }
    }

    String json() {
        ObjectNode json = MAPPER.createObjectNode().put("format", FORMAT);
        baseWeights.ifPresent(weights -> json.put("base_weights", weights));
        ObjectNode shown = json.putObject("prompt");
        prompt.system().ifPresent(line -> shown.put("system", line));
        ArrayNode examples = shown.putArray("examples");
        prompt.examples()
                .forEach(example -> examples.addObject()
                        .put("message", example.message())
                        .put("instruction", example.instruction()));
        shown.put("request", prompt.request()).put("revision", prompt.revision());
        return json.toPrettyString() + "\n";
    }
}
