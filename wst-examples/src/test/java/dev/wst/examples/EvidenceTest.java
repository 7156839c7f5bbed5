package dev.wst.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.metrics.RunReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands tell of what was compared, and of several seeds. */
class EvidenceTest {
    private static final List<String> PAIR =
            List.of("--teacher", "embedded", "--student", "embedded", "--reward", "embedded");

    @TempDir
    private Path directory;

    private final TriedCommand tried = new TriedCommand();
    private final PrintStream before = System.out;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setOut(before);
    }

    private int run(String command, List<String> common, String... more) {
        out.reset();
        return tried.run(command, common, more);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8).replace("\r", "");
    }

    private Path tasks(String name, String... questions) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String question : questions) {
            lines.append("{\"question\": \"").append(question).append("\", \"answer\": \"d c b a\"}\n");
        }
        return Files.writeString(directory.resolve(name), lines);
    }

    @Test
    void evaluate_tells_differences_in_words_cost_and_copies() throws IOException {
        Path heldOut = tasks("held-out.jsonl", "Write these letters backwards: a b c d", "Name some letters.");
        Path training = tasks("training.jsonl", "write these  letters backwards: a b c d", "Another question.");
        try (ChatServer server = new ChatServer()) {
            assertThat(run(
                            "evaluate",
                            PAIR,
                            "--tasks",
                            heldOut.toString(),
                            "--training",
                            training.toString(),
                            "--instructor-url",
                            server.url(),
                            "--instructor-model",
                            "large"))
                    .isZero();
            assertThat(server.calls("large")).isEqualTo(2);
        }
        assertThat(printed())
                .contains("1 of 2 validation questions are, or nearly are, training questions")
                .contains("Mean reward on 2 questions, with 95 % intervals:\n  student alone          ")
                .contains("\n  instructions by large  ")
                .contains("; the intervals hold for all 2 comparisons at once with 95 % (Bonferroni):\n"
                        + "  untrained teacher is not shown to differ from student alone: ")
                .contains("\n  untrained teacher is not shown to differ from instructions by large: ")
                .contains("\n  instructions by large  student: 2 calls, ")
                .contains("; model that instructs: 2 calls, 18 tokens read and 8 written\n");
    }

    @Test
    void teachers_of_other_runs_are_compared_beside_one_each_in_rounds() throws IOException {
        Path heldOut = tasks("held-out.jsonl", "Write these letters backwards: a b c d");
        assertThat(run(
                        "train",
                        PAIR,
                        "--tasks",
                        "embedded",
                        "--steps",
                        "1",
                        "--batch",
                        "2",
                        "--samples",
                        "2",
                        "--seeds",
                        "1-3",
                        "--run",
                        directory + "/runs"))
                .isZero();
        List<String> adapters = IntStream.rangeClosed(1, 3)
                .mapToObj(seed -> directory + "/runs/seed-" + seed + "/adapter")
                .toList();
        assertThat(run(
                        "evaluate",
                        PAIR,
                        "--tasks",
                        heldOut.toString(),
                        "--rounds",
                        "2",
                        "--adapter",
                        adapters.get(0),
                        "--beside",
                        adapters.get(1) + "," + adapters.get(2)))
                .isZero();
        assertThat(printed()
                        .lines()
                        .dropWhile(line -> !line.startsWith("Mean reward"))
                        .skip(1)
                        .takeWhile(line -> line.startsWith("  "))
                        .map(line -> line.strip().replaceFirst(" {2,}.*", "")))
                .containsExactly(
                        "student alone",
                        "untrained teacher",
                        "student alone in 2 rounds",
                        "teacher of " + adapters.get(1),
                        "teacher of " + adapters.get(1) + " in 2 rounds",
                        "teacher of " + adapters.get(2),
                        "teacher of " + adapters.get(2) + " in 2 rounds",
                        "trained teacher",
                        "trained teacher in 2 rounds");
    }

    @Test
    void evaluate_tells_rewards_by_category() {
        assertThat(run("evaluate", PAIR, "--tasks", "embedded", "--examples", "0"))
                .isZero();
        assertThat(printed())
                .contains("Mean reward by kind:\n")
                .contains("   LARGEST   REVERSE    SECOND     SHIFT       SUM\n")
                .contains("minus student alone; the intervals hold for all 5 groups at once with 95 % (Bonferroni):\n"
                        + "    LARGEST: ")
                .contains(" on 40 questions, ");
    }

    @Test
    void options_of_the_model_that_instructs_belong_to_its_url() {
        assertThat(run("evaluate", PAIR, "--tasks", "embedded", "--instructor-model", "large"))
                .isOne();
        assertThat(run("evaluate", PAIR, "--tasks", "embedded", "--instructor-url", "http://127.0.0.1:1/v1"))
                .isOne();
        assertThat(tried.told().lines().filter(line -> line.startsWith("wst evaluate: ")))
                .containsExactly(
                        "wst evaluate: --instructor-... are of the model at --instructor-url; give that, or leave them out",
                        "wst evaluate: --instructor-url http://127.0.0.1:1/v1 needs --instructor-model, the model's name"
                                + " there");
    }

    /** @param runs the directories of the event files under one, each as often as it has files */
    private static void assertEvents(Path logs, String... runs) throws IOException {
        try (Stream<Path> files = Files.walk(logs)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> logs.relativize(file.getParent()).toString()))
                    .containsExactlyInAnyOrder(runs);
        }
    }

    @Test
    void several_seeds_are_trained_one_after_another_and_a_series_goes_on_with_what_is_missing() throws IOException {
        Path run = directory.resolve("runs");
        Path validation = tasks("validation.jsonl", "Write these letters backwards: a b c d", "Name some letters.");
        List<String> common = new ArrayList<>(PAIR);
        common.addAll(List.of("--tasks", "embedded", "--batch", "2", "--samples", "2", "--run", run.toString()));
        Path logs = directory.resolve("logs");
        common.addAll(List.of("--validation", validation.toString(), "--tensorboard", logs.toString()));
        assertThat(run("train", common, "--steps", "1", "--seeds", "4-5")).isZero();
        assertThat(printed())
                .contains("seed 4 in " + run.resolve("seed-4") + ":\n")
                .contains("2 of 2 seeds came to their end:\n  validation before training: mean ")
                .contains("\n  last validation: mean ")
                .contains("\n    seed 4 ");
        assertThat(RunReader.open(run.resolve("seed-5")).report().orElseThrow().steps())
                .isOne();
        assertEvents(logs, "seed-4", "seed-5");
        long written =
                Files.getLastModifiedTime(run.resolve("seed-4/report.json")).toMillis();
        // As if it had been stopped before its end.
        Files.delete(run.resolve("seed-5/report.json"));
        assertThat(run("train", common, "--steps", "1", "--seeds", "4-6", "--reach", "0"))
                .isZero();
        assertEvents(logs, "seed-4", "seed-5", "seed-5", "seed-6");
        assertThat(printed())
                .doesNotContain("seed 4 in ")
                .contains("seed 5 in ", "seed 6 in ", "3 of 3 seeds came to their end:")
                .contains("\n  student calls of training until a validation showed 0.0: mean 0.000, ");
        assertThat(Files.getLastModifiedTime(run.resolve("seed-4/report.json")).toMillis())
                .isEqualTo(written);
        assertThat(run("train", common, "--steps", "2", "--seeds", "4-6")).isOne();
        assertThat(tried.told()).contains("seed-4 was begun with other arguments (");
        Files.delete(run.resolve("seed-5/report.json"));
        Path damaged = Files.writeString(run.resolve("seed-5/run.json"), "damaged");
        assertThat(run("train", common, "--steps", "1", "--seeds", "4-6")).isOne();
        assertThat(printed())
                .contains("2 of 3 seeds came to their end; the others failed:\n")
                .contains("\n  seed 5 FAILED: " + damaged + " is damaged: ");
        assertThat(run("train", List.of("--resume", run.resolve("seed-6").toString())))
                .isOne();
        assertThat(tried.told()).contains("seed-6 is complete after 1 steps");
    }

    @Test
    void a_reward_to_reach_is_looked_for_in_validations_of_several_seeds() {
        assertThat(run("train", PAIR, "--tasks", "embedded", "--run", directory + "/a", "--reach", "0.9"))
                .isOne();
        assertThat(tried.told())
                .contains(
                        "wst train: --reach tells of validations with several seeds; give --seeds and --validation too");
    }

    @Test
    void seeds_take_the_place_of_a_seed() {
        assertThat(run(
                        "train",
                        PAIR,
                        "--tasks",
                        "embedded",
                        "--run",
                        directory + "/a",
                        "--seeds",
                        "1-2",
                        "--seed",
                        "3"))
                .isOne();
        assertThat(run("quickstart", List.of(), "--seeds", "1-2", "--seed", "3"))
                .isOne();
        assertThat(run("train", PAIR, "--tasks", "embedded", "--run", directory + "/a", "--seeds", "2-1"))
                .isEqualTo(2);
        assertThat(tried.told().lines().filter(line -> line.startsWith("wst ")))
                .containsExactly(
                        "wst train: --seeds takes neither --seed nor --resume; to go on with a series, give its command"
                                + " again",
                        "wst quickstart: --seeds takes the place of --seed; give one of the two",
                        "wst train: Invalid value for option '--seeds': --seeds takes seeds such as 1-5 or 3,7,11, at most"
                                + " 1000 in a range; got 2-1");
    }

    @Test
    void a_dry_run_names_questions_of_the_training() throws IOException {
        Path training = tasks("training.jsonl", "write these letters backwards, a b c d");
        Path validation = tasks("validation.jsonl", "Write these letters backwards: a b c d");
        assertThat(run(
                        "train",
                        PAIR,
                        "--tasks",
                        training.toString(),
                        "--validation",
                        validation.toString(),
                        "--batch",
                        "1",
                        "--samples",
                        "2",
                        "--run",
                        directory + "/a",
                        "--dry-run"))
                .isZero();
        assertThat(printed()).contains("1 of 1 validation questions are, or nearly are, training questions");
    }

    @Test
    void a_quickstart_with_several_seeds_tells_of_each() {
        Path run = directory.resolve("quick");
        assertThat(run("quickstart", List.of(), "--steps", "1", "--seeds", "1-2", "--run", run.toString()))
                .isZero();
        assertThat(printed())
                .contains("2 of 2 seeds came to their end:\n  student alone: mean 0.180, standard deviation 0.000")
                .contains("\n  with the trained teacher: mean ")
                .contains("\n  with the best fixed instruction: mean 0.340");
        assertThat(run("quickstart", List.of(), "--steps", "1", "--seeds", "1-2", "--run", run.toString()))
                .isZero();
        assertThat(printed()).doesNotContain("Training a teacher").contains("2 of 2 seeds came to their end:");
    }

    @Test
    void compare_gives_search_and_teaching_the_same_calls_and_says_what_to_ship() throws IOException {
        Path prices = Files.writeString(
                directory.resolve("prices.json"),
                "{\"currency\": \"EUR\", \"models\": {\"small\": {\"input\": 1000, \"output\": 2000},"
                        + " \"large\": {\"input\": 10000, \"output\": 20000}}}");
        Path training = tasks(
                "training.jsonl",
                IntStream.range(0, 12).mapToObj(i -> "Question " + i).toArray(String[]::new));
        Path heldOut = tasks("held-out.jsonl", "Write these letters backwards: a b c d", "Name some letters.");
        try (ChatServer server = new ChatServer()) {
            assertThat(run(
                            "compare",
                            List.of("--teacher", "embedded", "--student", server.url(), "--model", "small"),
                            "--reward",
                            "exact",
                            "--tasks",
                            training.toString(),
                            "--held-out",
                            heldOut.toString(),
                            "--budgets",
                            "6,25",
                            "--candidates",
                            "3",
                            "--batch",
                            "2",
                            "--samples",
                            "4",
                            "--prices",
                            prices.toString(),
                            "--seeds",
                            "1-2"))
                    .isOne();
        }
        assertThat(tried.told()).contains("judging one instruction takes 10 calls, one a question, got 6");
        tried.forget();
        try (ChatServer server = new ChatServer()) {
            String[] options = {
                "--reward",
                "exact",
                "--tasks",
                training.toString(),
                "--held-out",
                heldOut.toString(),
                "--budgets",
                "16,25",
                "--candidates",
                "3",
                "--batch",
                "4",
                "--samples",
                "4",
                "--retries",
                "0",
                "--instructor-url",
                server.url(),
                "--instructor-model",
                "large",
                "--prices",
                prices.toString(),
                "--answers",
                directory.resolve("kept.sqlite").toString(),
                "--seeds",
                "1-2"
            };
            List<String> student = List.of("--teacher", "embedded", "--student", server.url(), "--model", "small");
            assertThat(run("compare", student, options)).isZero();
            String first = printed();
            long asked = server.calls("small") + server.calls("large");
            assertThat(run("compare", student, options)).isZero();
            assertThat(withoutTimes(printed())).isEqualTo(withoutTimes(first));
            assertThat(server.calls("small") + server.calls("large")).isEqualTo(asked);
        }
        assertThat(tried.told()).isEmpty();
        assertThat(printed())
                .contains("  1 fixed instructions to search among\n")
                .contains(
                        " undecided  12 calls, 108 tokens read, 48 written and of the model that instructs 3 calls, 27 tokens"
                                + " read, 12 written, 0.714 EUR\n")
                .contains("  taught, 16 calls: too few for a step of 4 x 4; give a smaller --batch or --samples\n")
                .contains("\n  taught, 25 calls      1.000  gain 0.000 [")
                .contains(" undecided  17 calls, 153 tokens read, 68 written, 0.289 EUR\n")
                .contains("\nShip: student alone, which nothing earns more than\n"
                        + "With 16 calls, ship: student alone, ")
                .contains("2 of 2 seeds came to their end:\n  student alone: mean 1.000, standard deviation 0.000");
    }

    /** Without speed and what is left of a step. */
    private static String withoutTimes(String text) {
        return text.lines().filter(line -> !line.startsWith("step ")).collect(Collectors.joining("\n"));
    }

    @Test
    void evaluate_asks_nothing_twice_where_answers_are_kept() throws IOException {
        Path questions = tasks("questions.jsonl", "One", "Two");
        try (ChatServer server = new ChatServer()) {
            List<String> student = List.of("--teacher", "embedded", "--student", server.url(), "--model", "small");
            String[] options = {
                "--reward",
                "exact",
                "--tasks",
                questions.toString(),
                "--instructor-url",
                server.url(),
                "--instructor-model",
                "large",
                "--answers",
                directory.resolve("kept.sqlite").toString()
            };
            assertThat(run("evaluate", student, options)).isZero();
            String first = printed();
            long asked = server.calls("small") + server.calls("large");
            assertThat(server.calls("large")).isEqualTo(2);
            assertThat(run("evaluate", student, options)).isZero();
            assertThat(printed()).isEqualTo(first);
            assertThat(server.calls("small") + server.calls("large")).isEqualTo(asked);
        }
    }

    @Test
    void evaluate_tells_what_each_way_cost_where_there_are_prices() throws IOException {
        Path questions = tasks("questions.jsonl", "One", "Two");
        Path prices = directory.resolve("prices.json");
        String small = "{\"currency\": \"USD\", \"models\": {\"small\": {\"input\": 1, \"output\": 2}";
        try (ChatServer server = new ChatServer()) {
            List<String> student = List.of("--teacher", "embedded", "--student", server.url(), "--model", "small");
            String[] options = {
                "--reward",
                "exact",
                "--tasks",
                questions.toString(),
                "--instructor-url",
                server.url(),
                "--instructor-model",
                "large",
                "--prices",
                prices.toString()
            };
            Files.writeString(prices, small + "}}");
            assertThat(run("evaluate", student, options)).isOne();
            assertThat(tried.told()).contains("wst evaluate: the price table has no price for the model large");
            assertThat(server.calls("small") + server.calls("large")).isZero();
            Files.writeString(prices, small + ", \"large\": {\"input\": 100, \"output\": 1000}}}");
            assertThat(run("evaluate", student, options)).isZero();
        }
        assertThat(printed())
                .contains("\n  student alone          student: 2 calls, 18 tokens read and 8 written; 0.000034 USD\n")
                .contains("; model that instructs: 2 calls, 18 tokens read and 8 written; 0.009834 USD\n");
    }

    @Test
    void compare_needs_questions_of_its_own() throws IOException {
        Path training = tasks("training.jsonl", "One", "Two");
        assertThat(run("compare", PAIR, "--tasks", training.toString())).isOne();
        assertThat(tried.told())
                .startsWith(
                        "wst compare: --held-out is missing: name questions to compare on that are not among --tasks");
    }
}
