package dev.wst.rewards.data;

import dev.wst.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads tasks. The forms are told apart line by line:
 *
 * <ul>
 *   <li>{@code {"question": ..., "answer": ...}} (with {@code "prompt"} or {@code "input"} for the question and
 *       {@code "output"} for the answer, as other sets have it): the answer is the reference;
 *   <li>GSM8K as published (Cobbe et al., arXiv 2110.14168): the reference is what follows {@code ####}, the worked solution
 *       becomes the attribute {@code solution};
 *   <li>MATH as published (Hendrycks et al., arXiv 2103.03874), as JSON lines or as a directory of one file a problem:
 *       {@code problem} with {@code answer}, or with a {@code solution} whose last {@code \boxed} is the reference;
 *   <li>multiple choice as CommonsenseQA (Talmor et al., arXiv 1811.00937: {@code question} with {@code stem} and
 *       {@code choices}, {@code answerKey}) and AQuA-RAT (Ling et al., arXiv 1705.04146: {@code question}, {@code options},
 *       {@code correct}) are published: the prompt is the question and below it one choice a line as {@code A) text}, the
 *       reference is the letter of the right one. The attributes {@code stem} and {@code choices} hold the two apart,
 *       {@code right_choice} the text of the right one.
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
        JsonFile.forEachLine(file, (value, line, place) -> {
            Task task = TaskRecord.of(value, place);
            Integer before = seen.putIfAbsent(task.id(), line);
            if (before != null) {
                throw new IllegalArgumentException("the id " + task.id() + " was used in line " + before);
            }
            tasks.add(task);
        });
        return tasks;
    }

    private static List<Task> problems(Path directory) {
        List<Task> tasks = new ArrayList<>();
        Map<String, Path> seen = new HashMap<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path file :
                    walk.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                JsonFile.parse(file, 1, text(file), name, (value, line, place) -> {
                    Task task = TaskRecord.of(value, place);
                    Path before = seen.putIfAbsent(task.id(), file);
                    if (before != null) {
                        throw new IllegalArgumentException("the id " + task.id() + " was used in " + before);
                    }
                    tasks.add(task);
                });
            }
        } catch (IOException | UncheckedIOException e) {
            throw new TaskFileException(directory, "cannot be read: " + e, e);
        }
        return tasks;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new TaskFileException(file, "contains text that is not UTF-8", e);
        } catch (IOException e) {
            throw new TaskFileException(file, "cannot be read: " + e, e);
        }
    }
}
