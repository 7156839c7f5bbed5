package dev.wst.rewards.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A file of one JSON object a line. */
final class CodeFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CodeFile() {}

    static List<Task> read(Path file, Function<JsonNode, Task> form) {
        List<Task> tasks = new ArrayList<>();
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    tasks.add(task(line, form));
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ":" + number + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ":" + number + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read after line " + number, e);
        }
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException(file + ": there is no task in it");
        }
        return List.copyOf(tasks);
    }

    private static Task task(String line, Function<JsonNode, Task> form) throws JsonProcessingException {
        return form.apply(MAPPER.readTree(line));
    }

    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("expected a text under " + field + ", got "
                    + value.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        return value.asText();
    }

    static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node.path(field)) {
            if (!item.isTextual()) {
                throw new IllegalArgumentException("expected texts in the list " + field + ", got " + item);
            }
            texts.add(item.asText());
        }
        return texts;
    }
}
