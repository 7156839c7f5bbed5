package dev.wst.rewards.code;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wst.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * MBPP as published (Austin et al., Program Synthesis with Large Language Models, arXiv 2108.07732): one JSON object a line
 * with {@code task_id}, {@code text}, {@code code}, {@code test_setup_code}, {@code test_list} and
 * {@code challenge_test_list}. Usual split by id: 1-10 examples, 11-510 test, 511-600 validation, 601-974 train.
 *
 * <p>As in the paper the question shows the tests of {@code test_list}, since without them nobody knows the function's name.
 * So a program can hard-code their answers; the challenge tests, which eleven tasks have, are not shown. Each assertion is
 * one check. The reference is the published solution.
 *
 * <pre>{@code
 * List<Task> tasks = Mbpp.read(Path.of("mbpp.jsonl"));
 * }</pre>
 */
public final class Mbpp {
    private static final Pattern DEFINITION = Pattern.compile("(?m)^def\\s+(\\w+)");

    private Mbpp() {}

    /**
     * The tasks of a file, in order.
     *
     * @throws IllegalArgumentException if a line is malformed; the message names file and line
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static List<Task> read(Path file) {
        return CodeFile.read(file, Mbpp::task);
    }

    private static Task task(JsonNode node) {
        List<String> shown = CodeFile.texts(node, "test_list");
        String solution = CodeFile.text(node, "code");
        String tests = Stream.concat(shown.stream(), CodeFile.texts(node, "challenge_test_list").stream())
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        CodeTask code = new CodeTask(entryPoint(solution, tests), "", CodeFile.text(node, "test_setup_code"), tests);
        String prompt =
                CodeFile.text(node, "text") + "\n\nYour code should pass these tests:\n\n" + String.join("\n", shown);
        return new Task("MBPP/" + node.path("task_id").asText(), prompt, Optional.of(solution), code.attributes());
    }

    /** The last function of the published solution that the tests call. */
    private static String entryPoint(String solution, String tests) {
        return DEFINITION
                .matcher(solution)
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(name ->
                        Pattern.compile("\\b" + name + "\\s*\\(").matcher(tests).find())
                .reduce((first, second) -> second)
                .orElseThrow(() -> new IllegalArgumentException("the tests call no function of the solution"));
    }
}
