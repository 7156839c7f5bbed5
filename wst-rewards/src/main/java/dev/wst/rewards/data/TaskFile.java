package dev.wst.rewards.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wst.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads tasks. Three forms are told apart line by line:
 *
 * <ul>
 *   <li>{@code {"question": ..., "answer": ...}} (with {@code "prompt"} or {@code "input"} for the question and
 *       {@code "output"} for the answer, as other sets have it): the answer is the reference;
 *   <li>GSM8K as published (Cobbe et al., arXiv 2110.14168): the reference is what follows {@code ####}, the worked solution
 *       becomes the attribute {@code solution};
 *   <li>MATH as published (Hendrycks et al., arXiv 2103.03874), as JSON lines or as a directory of one file a problem:
 *       {@code problem} with {@code answer}, or with a {@code solution} whose last {@code \boxed} is the reference.
 * </ul>
 *
 * <p>A task's id is the field {@code id}, {@code unique_id} or {@code task_id}, or else the file's name and the line. Other
 * fields that are texts, numbers or booleans become attributes.
 *
 * <pre>{@code
 * List<Task> tasks = TaskFile.read(Path.of("gsm8k/train.jsonl"));
 * }</pre>
 */
public final class TaskFile {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TaskFile() {}

    /**
     * All tasks of a JSON-lines file, or of all {@code .json} files under a directory, in order.
     *
     * @throws TaskFileException if it cannot be read, holds no task, a line is malformed or two tasks share an id
     */
    public static List<Task> read(Path path) {
        if (!Files.exists(path)) {
            throw new TaskFileException(path, "there is no such file or directory", null);
        }
        List<Task> tasks = Files.isDirectory(path) ? problems(path) : lines(path);
        if (tasks.isEmpty()) {
            throw new TaskFileException(path, "there is no task in it", null);
        }
        return List.copyOf(tasks);
    }

    private static List<Task> lines(Path file) {
        List<Task> tasks = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
                if (text.isBlank()) {
                    continue;
                }
                Task task = parse(file, number, text, stem(file) + ":" + number);
                Integer before = seen.putIfAbsent(task.id(), number);
                if (before != null) {
                    throw new TaskFileException(
                            file, number, "the id " + task.id() + " was used in line " + before, null);
                }
                tasks.add(task);
            }
        } catch (MalformedInputException e) {
            throw new TaskFileException(file, "after line " + number + " comes text that is not UTF-8", e);
        } catch (IOException e) {
            throw new TaskFileException(file, "cannot be read: " + e, e);
        }
        return tasks;
    }

    private static List<Task> problems(Path directory) {
        List<Task> tasks = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path file :
                    walk.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                tasks.add(parse(file, 1, Files.readString(file), name));
            }
        } catch (IOException e) {
            throw new TaskFileException(directory, "cannot be read: " + e, e);
        }
        return tasks;
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static Task parse(Path file, int line, String text, String place) {
        try {
            return TaskRecord.of(MAPPER.readTree(text), place);
        } catch (JsonProcessingException e) {
            throw new TaskFileException(file, line, "not JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new TaskFileException(file, line, String.valueOf(e.getMessage()), e);
        }
    }
}
