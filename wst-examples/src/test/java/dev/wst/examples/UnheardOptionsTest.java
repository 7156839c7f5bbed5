package dev.wst.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would be passed over without a word, or replaced by something else. */
class UnheardOptionsTest {
    private static final List<String> PAIR =
            List.of("--teacher", "embedded", "--student", "embedded", "--tasks", "embedded", "--reward", "embedded");

    @TempDir
    Path directory;

    private final TriedCommand tried = new TriedCommand();
    private final ChatServer server = new ChatServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String command, List<String> common, String... more) {
        tried.forget();
        return tried.run(command, common, more);
    }

    private void assertRefused(String message, String command, List<String> common, String... more) {
        assertThat(run(command, common, more)).as(tried.told()).isOne();
        assertThat(tried.told()).startsWith("wst " + command + ": " + message + System.lineSeparator());
    }

    private void assertTrainRefuses(String message, String... more) {
        List<String> training = new ArrayList<>(PAIR);
        training.addAll(List.of("--steps", "1", "--batch", "2", "--samples", "2", "--run"));
        training.add(directory.resolve("refused").toString());
        assertRefused(message, "train", training, more);
        assertThat(directory.resolve("refused")).doesNotExist();
    }

    @Test
    void an_option_of_something_that_is_not_given_is_refused() {
        assertTrainRefuses(
                "--validate-every is an option of --validation; give that, or leave it out", "--validate-every", "4");
        assertTrainRefuses(
                "--imitate is an option of --warm-start; give that, or leave it out", "--imitate", "any.txt");
        assertTrainRefuses(
                "--mlflow-experiment is an option of --mlflow; give that, or leave it out", "--mlflow-experiment", "3");
    }

    @Test
    void an_option_of_another_student_than_there_is_is_refused() {
        assertTrainRefuses(
                "--student-tokens and --placement are options of a student from a file or at a URL; give that, or leave"
                        + " them out",
                "--placement",
                "SYSTEM",
                "--student-tokens",
                "10");
        assertTrainRefuses(
                "--model, --key-variable, --calls, --timeout, --deadline, --requests-per-minute, --tokens-per-minute and"
                        + " --adaptive are options of a student at a URL; give that, or leave them out",
                "--model=m",
                "--key-variable=PATH",
                "--calls=3",
                "--timeout=9",
                "--deadline=9",
                "--requests-per-minute=9",
                "--tokens-per-minute=99",
                "--adaptive");
        assertRefused(
                "--timeout is an option of a student at a URL; give that, or leave it out",
                "evaluate",
                PAIR,
                "--timeout",
                "9");
        List<String> several = new ArrayList<>(List.of("--teacher", "embedded", "--tasks", "embedded"));
        several.addAll(List.of(
                "--reward", "embedded", "--run", directory.resolve("refused").toString()));
        several.addAll(List.of("--student", "small=" + server.url(), "--model", "small=m", "--student"));
        assertRefused(
                "--model is an option of a student at a URL; give that, or leave it out",
                "train",
                several,
                "pair=embedded",
                "--model",
                "pair=n");
    }

    @Test
    void limits_of_calls_are_heard_where_another_model_is_asked() throws IOException {
        String tasks = "{\"question\": \"Write these letters backwards: a b c d\", \"answer\": \"d c b a\"}\n";
        Path file = Files.writeString(directory.resolve("tasks.jsonl"), tasks);
        List<String> evaluation = List.of("--teacher", "embedded", "--student", "embedded", "--reward", "embedded");
        assertThat(run(
                        "evaluate",
                        evaluation,
                        "--tasks",
                        file.toString(),
                        "--timeout",
                        "9",
                        "--instructor-url",
                        server.url(),
                        "--instructor-model",
                        "large"))
                .as(tried.told())
                .isZero();
        assertThat(server.calls("large")).isOne();
    }

    @Test
    void an_evaluation_refuses_what_is_of_training_or_of_sampling() {
        assertRefused(
                "--temperature, --top-k, --top-p, --min-p and --seed are options of --sampled; give that, or leave them"
                        + " out",
                "evaluate",
                PAIR,
                "--temperature=0.5",
                "--top-k=3",
                "--top-p=0.5",
                "--min-p=0.1",
                "--seed=3");
        assertRefused(
                "--rank, --alpha, --targets, --full and --activation-memory are options of training; leave them out",
                "evaluate",
                PAIR,
                "--full",
                "--rank=3",
                "--alpha=3",
                "--targets=q_proj",
                "--activation-memory=99");
    }

    @Test
    void the_report_of_one_run_goes_into_its_directory() {
        String run = directory.resolve("run").toString();
        String file = directory.resolve("one.html").toString();
        assertThat(run("train", PAIR, "--steps=1", "--batch=2", "--samples=2", "--run=" + run))
                .isZero();
        assertRefused(
                "--to is an option of a report of several runs; give that, or leave it out",
                "report",
                List.of(run),
                "--to",
                file);
        assertThat(run("report", List.of(run))).isZero();
    }

    @Test
    void a_key_is_not_replaced_where_its_variable_was_named() throws IOException {
        String unset = " names NO_SUCH_KEY_IS_SET, which is not set; put the key for the URL into it, or leave ";
        List<String> remote = new ArrayList<>(List.of("--teacher", "embedded", "--tasks", "embedded"));
        remote.addAll(List.of("--student", server.url(), "--model", "m"));
        assertRefused(
                "--key-variable" + unset + "--key-variable out",
                "evaluate",
                remote,
                "--reward",
                "embedded",
                "--key-variable",
                "NO_SUCH_KEY_IS_SET");
        assertRefused(
                "--instructor-key-variable" + unset + "--instructor-key-variable out",
                "evaluate",
                PAIR,
                "--instructor-url",
                server.url(),
                "--instructor-model",
                "m",
                "--instructor-key-variable",
                "NO_SUCH_KEY_IS_SET");
        assertRefused(
                "--judge-key-variable" + unset + "--judge-key-variable out",
                "evaluate",
                remote,
                "--reward",
                "judge",
                "--judge",
                server.url(),
                "--judge-model",
                "judge",
                "--rubric",
                Files.writeString(directory.resolve("rubric.txt"), "polite").toString(),
                "--judge-key-variable",
                "NO_SUCH_KEY_IS_SET");
        List<String> serving = List.of("--teacher", "embedded", "--adapter", directory.toString(), "--student");
        assertRefused(
                "--key-variable" + unset + "--key-variable out",
                "serve",
                serving,
                server.url(),
                "--model=m",
                "--key-variable=NO_SUCH_KEY_IS_SET");
        assertRefused(
                "--model and --key-variable are options of a student at a URL; give that, or leave them out",
                "serve",
                serving,
                "embedded",
                "--model=m",
                "--key-variable=PATH");
        assertThat(server.calls("m")).isZero();
    }

    private void assertPromptRefused(String message, String json) throws IOException {
        Path file = Files.writeString(directory.resolve("prompt.json"), json);
        assertTrainRefuses(file + message, "--teacher-prompt", file.toString());
    }

    @Test
    void a_prompt_that_is_none_is_not_replaced_by_the_usual_one() throws IOException {
        String object = " must be a JSON object with some of the fields system, examples, request and revision, got ";
        assertPromptRefused(object + "nothing", "");
        assertPromptRefused(object + "[\"Be brief.\"]", "[\"Be brief.\"]");
        assertPromptRefused(": system must be a text, got null", "{\"system\": null}");
        assertPromptRefused(": request must be a text, got 3", "{\"request\": 3}");
        assertPromptRefused(": revision must be a text, got []", "{\"revision\": []}");
        assertPromptRefused(": examples must be a list, got \"x\"", "{\"examples\": \"x\"}");
        assertPromptRefused(
                ": an example needs the texts message and instruction, got {\"message\":\"a\"}",
                "{\"examples\": [{\"message\": \"a\"}]}");
    }

    @Test
    void instructions_to_imitate_that_the_teacher_could_not_write_are_refused_before_a_run_begins() throws IOException {
        Path file = directory.resolve("ours.txt");
        assertTrainRefuses(
                file + " cannot be read: java.nio.file.NoSuchFileException: " + file,
                "--warm-start",
                "1",
                "--imitate",
                file.toString());
        Files.writeString(file, "Add one after another.\nThink.\nAdd one after another.\n");
        assertTrainRefuses(
                "a warm start has the instruction \"Add one after another.\" twice",
                "--warm-start",
                "1",
                "--imitate",
                file.toString());
        Files.writeString(file, "Think.\n" + "Add one after another. ".repeat(9) + "\n");
        assertTrainRefuses(
                "the instruction \"" + "Add one after another. ".repeat(9).strip()
                        + "\" has 46 tokens with the one that ends"
                        + " it, but the teacher's instructions have at most 16; shorten it, or let the teacher write more",
                "--warm-start",
                "1",
                "--imitate",
                file.toString());
    }
}
