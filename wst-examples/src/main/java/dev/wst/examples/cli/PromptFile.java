package dev.wst.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.teacher.TeacherPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A teacher's prompt written as JSON. */
final class PromptFile {
    private static final Set<String> FIELDS = Set.of("system", "examples", "request", "revision");

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
        json.properties().forEach(field -> {
            if (!FIELDS.contains(field.getKey())) {
                throw new IllegalArgumentException(
                        file + " has an unknown field " + field.getKey() + "; known are " + FIELDS);
            }
        });
        TeacherPrompt prompt = TeacherPrompt.defaults();
        if (json.has("system")) {
            prompt = prompt.withSystem(json.get("system").asText());
        }
        if (json.has("request")) {
            prompt = prompt.withRequest(json.get("request").asText());
        }
        if (json.has("revision")) {
            prompt = prompt.withRevision(json.get("revision").asText());
        }
        for (JsonNode example : json.path("examples")) {
            prompt = prompt.withTurn(text(file, example, "message"), text(file, example, "instruction"));
        }
        return prompt;
    }

    private static String text(Path file, JsonNode example, String field) {
        if (!example.path(field).isTextual()) {
            throw new IllegalArgumentException(
                    file + ": an example needs the texts message and instruction, got " + example);
        }
        return example.get(field).asText();
    }
}
