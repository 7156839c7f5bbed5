package dev.wst.rewards.code;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wst.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * HumanEval as published (Chen et al., Evaluating Large Language Models Trained on Code, arXiv 2107.03374): one JSON object
 * a line with {@code task_id}, {@code prompt}, {@code entry_point}, {@code canonical_solution} and {@code test}.
 *
 * <p>The prompt is the head of a function with its documentation. It stands before the student's code, so an answer may give
 * the body alone or the whole function again. The helpers that some prompts contain and some tests use run beside the
 * tests, so a program cannot change them. The reference is the published solution.
 *
 * <pre>{@code
 * List<Task> tasks = HumanEval.read(Path.of("HumanEval.jsonl"));
 * }</pre>
 */
public final class HumanEval {
    private static final String CHECK = "\ncheck(candidate)\n";

    private HumanEval() {}

    /**
     * The tasks of a file, in order.
     *
     * @throws IllegalArgumentException if a line is malformed; the message names file and line
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static List<Task> read(Path file) {
        return CodeFile.read(file, HumanEval::task);
    }

    private static Task task(JsonNode node) {
        String prompt = CodeFile.text(node, "prompt");
        CodeTask code =
                new CodeTask(CodeFile.text(node, "entry_point"), prompt, prompt, CodeFile.text(node, "test") + CHECK);
        return new Task(
                CodeFile.text(node, "task_id"),
                "Complete this Python function:\n\n" + prompt,
                Optional.of(CodeFile.text(node, "canonical_solution")),
                code.attributes());
    }
}
