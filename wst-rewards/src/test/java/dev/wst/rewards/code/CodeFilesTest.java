package dev.wst.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeFilesTest {
    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("tasks.jsonl"), text);
    }

    @Test
    void human_eval_puts_the_prompt_before_the_code_and_beside_the_tests() throws IOException {
        List<Task> tasks =
                HumanEval.read(file("{\"task_id\": \"HumanEval/7\", \"prompt\": \"def f(x):\\n    'doc'\\n\","
                        + " \"entry_point\": \"f\", \"canonical_solution\": \"    return x\\n\","
                        + " \"test\": \"def check(candidate):\\n    assert candidate(1) == 1\\n\"}\n"));
        assertThat(tasks).singleElement().satisfies(task -> {
            assertThat(task.id()).isEqualTo("HumanEval/7");
            assertThat(task.prompt()).contains("def f(x):");
            assertThat(task.reference()).contains("    return x\n");
            assertThat(CodeTask.of(task))
                    .isEqualTo(new CodeTask(
                            "f",
                            "def f(x):\n    'doc'\n",
                            "def f(x):\n    'doc'\n",
                            "def check(candidate):\n    assert candidate(1) == 1\n\ncheck(candidate)\n"));
        });
    }

    @Test
    void mbpp_shows_its_tests_and_keeps_the_challenge_ones() throws IOException {
        List<Task> tasks = Mbpp.read(file("{\"task_id\": 9, \"text\": \"Add.\","
                + " \"code\": \"def helper(a):\\r\\n  return a\\r\\ndef add(a, b):\\r\\n  return helper(a) + b\","
                + " \"test_setup_code\": \"\", \"test_list\": [\"assert add(1, 2) == 3 \", \"assert add(0, 0) == 0\"],"
                + " \"challenge_test_list\": [\"assert add(-1, 1) == 0\"]}\n\n"));
        assertThat(tasks).singleElement().satisfies(task -> {
            assertThat(task.id()).isEqualTo("MBPP/9");
            assertThat(task.prompt()).contains("add(1, 2) == 3").doesNotContain("add(-1, 1)");
            assertThat(CodeTask.of(task))
                    .isEqualTo(new CodeTask(
                            "add", "", "", "assert add(1, 2) == 3\nassert add(0, 0) == 0\nassert add(-1, 1) == 0"));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                       | not JSON",
                "{\"text\": \"only\"}    | expected a text under code, got missing",
                "{\"text\": \"t\", \"code\": \"x = 1\", \"test_setup_code\": \"\", \"test_list\": [\"assert f(1)\"]}"
                        + " | call no function of the solution",
                "{\"text\": \"t\", \"code\": \"x = 1\", \"test_setup_code\": \"\", \"test_list\": [1]}"
                        + " | expected texts in the list test_list",
            })
    void a_bad_line_is_named_with_file_and_number(String line, String problem) throws IOException {
        Path file = file("\n" + line + "\n");
        assertThatThrownBy(() -> Mbpp.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tasks.jsonl:2")
                .hasMessageContaining(problem);
    }

    @Test
    void an_empty_file_is_refused() throws IOException {
        Path file = file("\n");
        assertThatThrownBy(() -> HumanEval.read(file)).hasMessageContaining("no task");
    }
}
