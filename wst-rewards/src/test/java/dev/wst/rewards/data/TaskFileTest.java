package dev.wst.rewards.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFileTest {
    @TempDir
    private Path directory;

    private Path file(String... lines) throws IOException {
        return Files.writeString(directory.resolve("set.jsonl"), String.join("\n", lines) + "\n");
    }

    @Test
    void questions_and_answers_become_tasks_named_by_their_line() throws IOException {
        List<Task> tasks = TaskFile.read(file(
                "\uFEFF{\"question\": \"2+2?\", \"answer\": 4}",
                "",
                "{\"id\": \"b\", \"prompt\": \"Say\\nhi\", \"output\": \"hi\", \"level\": 3, \"x\": [1]}"));
        assertThat(tasks)
                .containsExactly(
                        Task.of("set:1", "2+2?", "4"),
                        new Task("b", "Say\nhi", Optional.of("hi"), Map.of("level", "3")));
    }

    @Test
    void gsm8k_keeps_the_solution_and_takes_what_follows_the_mark() throws IOException {
        Task task = TaskFile.read(
                        file("{\"question\": \"How many?\", \"answer\": \"48/2 = <<48/2=24>>24\\n#### 1,072\"}"))
                .get(0);
        assertThat(task.reference()).contains("1,072");
        assertThat(task.attributes()).containsEntry("solution", "48/2 = <<48/2=24>>24\n#### 1,072");
    }

    @Test
    void math_takes_the_answer_or_else_the_last_box_of_the_solution() throws IOException {
        List<Task> tasks = TaskFile.read(file(
                "{\"problem\": \"p\", \"solution\": \"so $\\\\boxed{1}$\", \"answer\": \"2\", \"unique_id\": \"test/1\"}",
                "{\"problem\": \"q\", \"solution\": \"first \\\\boxed{0} then \\\\boxed{\\\\frac{1}{2}}.\"}"));
        assertThat(tasks).extracting(Task::id).containsExactly("test/1", "set:2");
        assertThat(tasks).extracting(t -> t.reference().orElseThrow()).containsExactly("2", "\\frac{1}{2}");
    }

    @Test
    void a_directory_of_math_problems_is_read_in_order_of_names() throws IOException {
        Files.createDirectories(directory.resolve("algebra"));
        Files.writeString(directory.resolve("algebra/2.json"), "{\"problem\": \"b\", \"solution\": \"\\\\boxed{2}\"}");
        Files.writeString(directory.resolve("algebra/1.json"), "{\"problem\": \"a\", \"solution\": \"\\\\boxed{1}\"}");
        assertThat(TaskFile.read(directory)).extracting(Task::id).containsExactly("algebra/1.json", "algebra/2.json");
    }

    @Test
    void a_box_may_stand_without_braces() throws IOException {
        List<Task> tasks = TaskFile.read(file(
                "{\"problem\": \"p\", \"solution\": \"so \\\\boxed 5. Or $\\\\frac{1}{2}$\"}",
                "{\"problem\": \"q\", \"solution\": \"so $\\\\boxed 7$, that is \\\\fbox {8}\"}",
                "{\"problem\": \"r\", \"solution\": \"so $\\\\boxed{7}$, that is \\\\boxed -8$ of {9}\"}"));
        assertThat(tasks).extracting(t -> t.reference().orElseThrow()).containsExactly("5", "8", "-8");
    }

    @Test
    void two_problems_of_a_directory_do_not_share_an_id() throws IOException {
        Files.writeString(directory.resolve("1.json"), "{\"id\": \"one\", \"problem\": \"a\", \"answer\": \"1\"}");
        Files.writeString(directory.resolve("2.json"), "{\"id\": \"one\", \"problem\": \"b\", \"answer\": \"2\"}");
        assertThatThrownBy(() -> TaskFile.read(directory))
                .isInstanceOf(TaskFileException.class)
                .hasMessageContaining("2.json:1: the id one was used in")
                .hasMessageContaining("1.json");
    }

    @Test
    void a_problem_that_cannot_be_read_is_named_itself() throws IOException {
        Files.write(directory.resolve("latin.json"), "{\"problem\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TaskFile.read(directory))
                .isInstanceOf(TaskFileException.class)
                .hasMessageContaining("latin.json: contains text that is not UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"question\": \"a\"                     | set.jsonl:2: not JSON",
                "{\"question\": \"a\"} {}                 | set.jsonl:2: not JSON",
                "{\"question\": \"a\", \"question\": 1}   | set.jsonl:2: not JSON",
                "[1, 2]                                   | set.jsonl:2: expected a JSON object",
                "{\"text\": \"a\"}                        | set.jsonl:2: expected a text under one of [question",
                "{\"question\": [\"a\"]}                  | set.jsonl:2: the field question must be a text, got ARRAY",
                "{\"question\": \" \", \"answer\": \"1\"} | set.jsonl:2: task set:2 has a blank prompt",
                "{\"question\": \"a\", \"answer\": \"\"}  | set.jsonl:2: the answer is blank",
                "{\"question\": \"a\", \"id\": \"one\"}   | set.jsonl:2: the id one was used in line 1",
            })
    void a_bad_line_is_named_with_its_file_and_number(String line, String message) throws IOException {
        Path file = file("{\"id\": \"one\", \"question\": \"q\", \"answer\": \"a\"}", line);
        assertThatThrownBy(() -> TaskFile.read(file))
                .isInstanceOf(TaskFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void empty_missing_and_foreign_files_are_refused() throws IOException {
        Path empty = file("", "  ");
        assertThatThrownBy(() -> TaskFile.read(empty))
                .isInstanceOf(TaskFileException.class)
                .hasMessageEndingWith("set.jsonl: there is no task in it");
        assertThatThrownBy(() -> TaskFile.read(directory.resolve("none.jsonl")))
                .isInstanceOf(TaskFileException.class)
                .hasMessageContaining("there is no such file");
        Path latin = Files.write(
                directory.resolve("latin.jsonl"), "{\"question\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TaskFile.read(latin))
                .isInstanceOf(TaskFileException.class)
                .hasMessageContaining("not UTF-8");
    }
}
