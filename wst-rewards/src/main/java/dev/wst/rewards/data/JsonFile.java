package dev.wst.rewards.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one loop over the lines of a JSON-lines file; every fault is named with its file and line. */
final class JsonFile {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Takes one value; an IllegalArgumentException says what is wrong with it. */
    @FunctionalInterface
    interface Sink {
        /**
         * One value of the file.
         *
         * @param line from 1
         * @param place the file's name without its ending, a colon and the line
         */
        void accept(JsonNode value, int line, String place);
    }

    private JsonFile() {}

    /**
     * Gives every line that is not blank, in order, to the sink.
     *
     * @throws TaskFileException if the file cannot be read, a line is not JSON or the sink refuses it
     */
    static void forEachLine(Path file, Sink sink) {
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
                if (!text.isBlank()) {
                    parse(file, number, text, stem(file) + ":" + number, sink);
                }
            }
        } catch (MalformedInputException e) {
            throw new TaskFileException(file, "after line " + number + " comes text that is not UTF-8", e);
        } catch (IOException e) {
            throw new TaskFileException(file, "cannot be read: " + e, e);
        }
    }

    /** Gives the text, which stands at that line of the file, to the sink as one value. */
    static void parse(Path file, int line, String text, String place, Sink sink) {
        try {
            sink.accept(MAPPER.readTree(text), line, place);
        } catch (JsonProcessingException e) {
            throw new TaskFileException(file, line, "not JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new TaskFileException(file, line, String.valueOf(e.getMessage()), e);
        }
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
