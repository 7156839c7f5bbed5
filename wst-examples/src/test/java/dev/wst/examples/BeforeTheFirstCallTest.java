package dev.wst.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in a command that would cost calls, or leave a run directory, if they were found when their turn comes. */
class BeforeTheFirstCallTest {
    @TempDir
    Path directory;

    private final TriedCommand tried = new TriedCommand();
    private final ChatServer server = new ChatServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private String questions(String name, int count) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"question\": \"")
                    .append(name)
                    .append(' ')
                    .append(i)
                    .append("?\", \"answer\": \"d c b a\"}\n");
        }
        return file(name + ".jsonl", lines.toString());
    }

    private void assertRefused(String message, String command, List<String> common, String... more) {
        tried.forget();
        List<String> args = new ArrayList<>(List.of(command, "--teacher", "embedded"));
        args.addAll(List.of("--student", server.url(), "--model", "m", "--reward", "exact"));
        args.addAll(common);
        args.addAll(List.of(more));
        assertThat(tried.run(args.toArray(new String[0]))).as(tried.told()).isOne();
        assertThat(tried.told()).startsWith("wst " + command + ": " + message);
        assertThat(server.calls("m")).isZero();
    }

    /** A comparison that would go well but for these options. */
    private void assertComparisonRefused(String message, String... more) throws IOException {
        Map<String, String> usual = new LinkedHashMap<>();
        usual.put("--tasks", questions("trained", 12));
        usual.put("--held-out", questions("asked", 2));
        usual.put("--candidates", "2");
        usual.put("--batch", "2");
        usual.put("--budgets", "20");
        usual.keySet().removeAll(List.of(more));
        List<String> all = new ArrayList<>();
        usual.forEach((option, value) -> all.addAll(List.of(option, value)));
        assertRefused(message, "compare", all, more);
    }

    @Test
    void a_comparison_s_options_are_looked_at_before_the_student_is_asked() throws IOException {
        assertComparisonRefused("--lambda is an option of PPO", "--algorithm", "grpo", "--lambda", "0.9");
        assertComparisonRefused("--loss chooses among", "--budgets", "10", "--loss", "DAPO");
        assertComparisonRefused("grpo compares the samples", "--algorithm", "grpo", "--samples", "1");
        assertComparisonRefused("--full trains every weight", "--full", "--adapter", "nodir");
        assertComparisonRefused("nodir", "--adapter", "nodir");
        assertComparisonRefused("--batch and --samples must be at least 1, got 0 and 8", "--batch", "0");
        assertComparisonRefused("--batch and --samples must be at least 1, got 2 and -1", "--samples", "-1");
        assertComparisonRefused("the steps of a warm start", "--warm-start", "-1");
        assertComparisonRefused("training needs a positive temperature", "--temperature", "0");
        assertComparisonRefused("a step takes 13 tasks", "--batch", "13", "--samples", "1");
        assertComparisonRefused(
                "each of --budgets must suffice for a search by reflection: judging one instruction takes 10 calls,"
                        + " one a question, got -3",
                "--budgets",
                "20,-3");
        assertComparisonRefused("each of --budgets must suffice", "--budgets", "9");
        String unanswered = file("unanswered.jsonl", "{\"question\": \"How are you?\"}\n");
        assertComparisonRefused("task unanswered:1 has no reference", "--held-out", unanswered);
        assertComparisonRefused("--tasks must hold 2 questions at least", "--tasks", questions("one", 1));
    }

    @Test
    void an_evaluation_s_teachers_are_opened_before_the_student_is_asked() throws IOException {
        List<String> evaluation = List.of("--tasks", questions("asked", 2));
        String missing = directory.resolve("nodir").toString();
        assertRefused(missing, "evaluate", evaluation, "--adapter", missing);
        assertRefused(missing, "evaluate", evaluation, "--beside", missing);
        assertRefused("a teacher learns through", "evaluate", evaluation, "--precision", "INT8");
        assertRefused("--rounds must be at least 1, got 0", "evaluate", evaluation, "--rounds", "0");
    }

    @Test
    void what_a_run_s_metrics_are_written_to_is_looked_at_before_there_is_a_run() throws IOException {
        String run = directory.resolve("run").toString();
        List<String> training = new ArrayList<>(List.of("--tasks", questions("trained", 4), "--batch", "2"));
        training.addAll(List.of("--samples", "2", "--steps", "1", "--run", run));
        String taken = file("taken.csv", "step\n");
        assertRefused("--csv " + taken + " exists already", "train", training, "--csv", taken);
        String nowhere = directory.resolve("nodir/x.csv").toString();
        assertRefused("--csv " + nowhere + " cannot be written", "train", training, "--csv", nowhere);
        assertRefused("--csv " + directory + " is a directory", "train", training, "--csv", directory.toString());
        assertRefused("--tensorboard " + taken + " cannot be made", "train", training, "--tensorboard", taken);
        String below = taken + "/logs";
        assertRefused("--tensorboard " + below + " cannot be made", "train", training, "--tensorboard", below);
        assertRefused("--mlflow takes a URL", "train", training, "--mlflow", "localhost:5000");
        assertRefused("--csv holds the metrics of one run", "train", training, "--seeds", "1-2", "--csv", run + ".csv");
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void a_table_may_lie_in_the_directory_of_its_run() throws IOException {
        Path run = directory.resolve("run");
        assertThat(tried.run(
                        "train",
                        "--teacher=embedded",
                        "--student=embedded",
                        "--tasks=embedded",
                        "--reward=embedded",
                        "--steps=1",
                        "--batch=2",
                        "--samples=2",
                        "--csv=" + run.resolve("metrics.csv"),
                        "--run=" + run))
                .as(tried.told())
                .isZero();
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(2);
    }
}
