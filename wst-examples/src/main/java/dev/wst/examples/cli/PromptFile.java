package dev.wst.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.teacher.TeacherPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A teacher's prompt written as JSON. */
final class PromptFile {
    private static final List<String> FIELDS = List.of("system", "examples", "request", "revision");

    private PromptFile() {}

    static TeacherPrompt read(Path file) {
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e, e);
        }
        if (!json.isObject()) {
            throw new IllegalArgumentException(
                    file + " must be a JSON object with some of the fields system, examples, request and revision, got "
                            + (json.isMissingNode() ? "nothing" : json));
        }
        json.properties().forEach(field -> {
            if (!FIELDS.contains(field.getKey())) {
                throw new IllegalArgumentException(
                        file + " has an unknown field " + field.getKey() + "; known are " + FIELDS);
            }
        });
        TeacherPrompt prompt = TeacherPrompt.defaults();
        if (json.has("system")) {
            prompt = prompt.withSystem(text(file, json, "system"));
        }
        if (json.has("request")) {
            prompt = prompt.withRequest(text(file, json, "request"));
        }
        if (json.has("revision")) {
            prompt = prompt.withRevision(text(file, json, "revision"));
        }
        if (json.has("examples") && !json.get("examples").isArray()) {
            throw new IllegalArgumentException(file + ": examples must be a list, got " + json.get("examples"));
        }
        for (JsonNode example : json.path("examples")) {
            if (!example.path("message").isTextual()
                    || !example.path("instruction").isTextual()) {
                throw new IllegalArgumentException(
                        file + ": an example needs the texts message and instruction, got " + example);
            }
            prompt = prompt.withTurn(text(file, example, "message"), text(file, example, "instruction"));
        }
        return prompt;
    }

    private static String text(Path file, JsonNode json, String field) {
        if (!json.get(field).isTextual()) {
            throw new IllegalArgumentException(file + ": " + field + " must be a text, got " + json.get(field));
        }
        return json.get(field).asText();
    }
}
