package dev.wst;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One question for the student.
 *
 * <pre>{@code
 * Task task = Task.of("gsm8k-17", "What is 6 times 7?", "42");
 * }</pre>
 *
 * @param id unique within a run: seeds, logs and the split into training and validation go by it
 * @param prompt the question as the student sees it; not blank
 * @param reference the known right answer, for rewards that compare; never shown to teacher or student
 * @param attributes anything else a reward or a report needs, such as a difficulty or a subject
 */
public record Task(String id, String prompt, Optional<String> reference, Map<String, String> attributes) {

    public Task {
        Objects.requireNonNull(reference, "reference");
        if (id.isBlank()) {
            throw new IllegalArgumentException("a task needs an id; its prompt begins with: " + head(prompt));
        }
        if (prompt.isBlank()) {
            throw new IllegalArgumentException("task " + id + " has a blank prompt");
        }
        // In one order in every process, as what is written of them must be.
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** A task without a known answer. */
    public static Task of(String id, String prompt) {
        return new Task(id, prompt, Optional.empty(), Map.of());
    }

    /** A task with a known answer. */
    public static Task of(String id, String prompt, String reference) {
        return new Task(id, prompt, Optional.of(reference), Map.of());
    }

    private static String head(String text) {
        return text.substring(0, Math.min(60, text.length()));
    }
}
