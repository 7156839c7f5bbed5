package dev.wst.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Ending;
import dev.wst.Transfer;
import dev.wst.metrics.RunReader;
import dev.wst.metrics.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Students, rewards and listeners that the command train is given, and that a run is resumed with. */
class TrainOptionsTest {
    private static final List<String> SMALL =
            List.of("--teacher", "embedded", "--tasks", "embedded", "--steps", "2", "--batch", "2", "--samples", "2");

    @TempDir
    Path directory;

    private final TriedCommand tried = new TriedCommand();
    private final ChatServer server = new ChatServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private int train(String... args) {
        return tried.run("train", List.of(args));
    }

    private void assertTold(String message) {
        assertThat(tried.told().strip())
                .isEqualTo("wst train: " + message + System.lineSeparator()
                        + "(-Dwst.trace=true shows where it came from)");
    }

    private RunReport report(String run) {
        return RunReader.open(directory.resolve(run)).report().orElseThrow();
    }

    private int begin(String... args) {
        return train(Stream.concat(SMALL.stream(), Stream.of(args)).toArray(String[]::new));
    }

    private String run(String name) {
        return directory.resolve(name).toString();
    }

    private String text(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    private void assertRefused(String message, String... args) {
        tried.forget();
        String[] all = Stream.concat(Stream.of(args), Stream.of("--run", run("refused")))
                .toArray(String[]::new);
        assertThat(begin(all)).isOne();
        assertTold(message);
        assertThat(directory.resolve("refused")).doesNotExist();
    }

    @Test
    void several_students_answer_as_often_as_asked_and_a_resumed_run_has_them_again() throws IOException {
        assertThat(begin(
                        "--student",
                        "small=" + server.url(),
                        "--student",
                        "pair=embedded",
                        "--model",
                        "small=tiny",
                        "--answers-per-instruction",
                        "2",
                        "--validation-student",
                        "large=" + server.url(),
                        "--model",
                        "large=huge",
                        "--validation",
                        validation(),
                        "--reward",
                        "contained",
                        "--budget-calls",
                        "36",
                        "--run",
                        run("run")))
                .isZero();
        assertThat(report("run").ending()).isEqualTo(Ending.BUDGET_SPENT);
        assertThat(text("run/rollouts.jsonl")).contains("\"student\":\"small\"", "\"student\":\"pair\"");
        assertThat(text("run/run.json"))
                .contains("\"students\" : \"small, pair, large\"", "\"answers_per_instruction\" : \"2\"")
                .contains("model tiny", "model huge");
        assertThat(server.calls("huge")).isGreaterThanOrEqualTo(2);
        assertThat(train("--resume", run("run"), "--budget-calls", "1000")).isZero();
        assertThat(report("run").ending()).isEqualTo(Ending.FINISHED);
        assertThat(report("run").transfer()).extracting(Transfer::student).containsExactly("large");
        assertThat(Files.readAllLines(directory.resolve("run/metrics.jsonl")).stream()
                        .filter(line -> line.contains("\"reward/small\"") && line.contains("\"reward/pair\"")))
                .hasSize(2);
    }

    private String validation() throws IOException {
        String tasks = """
                {"question": "Write these letters backwards: a b c d", "answer": "d c b a"}
                {"question": "Write these letters backwards: b c d e", "answer": "e d c b"}
                """;
        return Files.writeString(directory.resolve("validation.jsonl"), tasks).toString();
    }

    @Test
    void what_is_given_beside_resume_takes_the_place_of_all_that_was_given_before() {
        String[] begun = {
            "--student",
            "a=" + server.url(),
            "--model=m",
            "--student=b=embedded",
            "--reward",
            "contained",
            "--budget-calls",
            "9",
            "--run",
            run("run")
        };
        assertThat(begin(begun)).isZero();
        assertThat(train("--resume", run("run"), "--student", "a=" + server.url(), "--budget-calls", "999"))
                .isOne();
        assertThat(tried.told()).contains("\n  student.b: ").contains("\n  students: a, b then, a now");
    }

    @Test
    void resume_is_read_with_a_space_before_its_directory_and_with_an_equals_sign() {
        assertThat(begin("--student=embedded", "--reward=embedded", "--budget-calls=5", "--run=" + run("run")))
                .isZero();
        assertThat(train("--resume=" + run("run"), "--budget-calls=999"))
                .as(tried.told())
                .isZero();
        assertThat(report("run").ending()).isEqualTo(Ending.FINISHED);
    }

    @Test
    void what_is_not_the_directory_of_a_run_is_not_resumed() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        for (String resume : List.of("--resume=" + empty, "--resume=" + run("missing"))) {
            tried.forget();
            assertThat(train(resume)).isEqualTo(CommandLine.ExitCode.USAGE);
            assertThat(tried.told())
                    .startsWith("wst train: " + resume.substring("--resume=".length()) + " ")
                    .containsPattern("holds no run.json: it is not the directory of a run|is no directory; name the"
                            + " directory of a run")
                    .hasLineCount(2);
        }
        assertThat(train("--resume", empty.toString(), "--seed", "3")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(tried.told()).doesNotContain("Missing required");
        assertThat(train("--resume")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(tried.told()).contains("Missing required parameter for option '--resume' (DIR)");
    }

    @Test
    void a_run_that_another_program_made_is_resumed_with_all_of_its_arguments() throws IOException {
        String[] all = {"--student", "embedded", "--reward", "embedded", "--budget-calls", "5"};
        assertThat(begin(Stream.concat(Stream.of(all), Stream.of("--run", run("run")))
                        .toArray(String[]::new)))
                .isZero();
        Files.delete(directory.resolve("run/arguments.json"));
        assertThat(train("--resume", run("run"))).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(tried.told())
                .startsWith("wst train: " + run("run")
                        + " holds no arguments of the command train: give all those of the" + " run beside --resume");
        all[5] = "999";
        assertThat(begin(Stream.concat(Stream.of(all), Stream.of("--resume", run("run")))
                        .toArray(String[]::new)))
                .isZero();
    }

    @Test
    void metrics_are_shown_where_it_was_asked_for_after_a_run_was_resumed_too() throws IOException {
        assertThat(begin(
                        "--student",
                        "embedded",
                        "--reward",
                        "embedded",
                        "--budget-calls",
                        "5",
                        "--tensorboard",
                        run("logs"),
                        "--csv",
                        run("metrics.csv"),
                        "--mlflow",
                        "http://127.0.0.1:9",
                        "--run",
                        run("run")))
                .isZero();
        assertThat(train("--resume", run("run"), "--budget-calls", "999")).isZero();
        assertThat(Files.readAllLines(directory.resolve("metrics.csv"))).hasSize(3);
        try (Stream<Path> events = Files.list(directory.resolve("logs"))) {
            assertThat(events).hasSize(2);
        }
    }

    @Test
    void a_judge_draws_on_the_run_s_budget_and_keeps_its_replies_in_the_run() throws IOException {
        Path rubric = Files.writeString(directory.resolve("rubric.txt"), "The answer is polite.\n");
        String[] judged = {
            "--student",
            server.url(),
            "--model",
            "tiny",
            "--reward",
            "judge",
            "--judge",
            server.url(),
            "--judge-model",
            "judge",
            "--rubric",
            rubric.toString(),
            "--token-penalty",
            "0.001"
        };
        assertThat(begin(Stream.concat(Stream.of(judged), Stream.of("--budget-calls", "12", "--run", run("run")))
                        .toArray(String[]::new)))
                .isZero();
        // A first question and eight of two steps, at most; each answer is judged on its task.
        assertThat(server.calls("tiny") + server.calls("judge")).isLessThanOrEqualTo(12);
        assertThat(train("--resume", run("run"), "--budget-calls", "50")).isZero();
        assertThat(report("run").bill().orElseThrow().cost().calls()).isEqualTo(calls());
        assertThat(text("run/rollouts.jsonl"))
                .contains("\"reward\":0.996")
                .contains("\"quality/score\":10.0", "\"cost/tokens\":4.0");
        long before = server.calls("judge");
        assertThat(begin(Stream.concat(Stream.of(judged), Stream.of("--replay", run("run"), "--run", run("again")))
                        .toArray(String[]::new)))
                .isZero();
        assertThat(server.calls("judge")).isEqualTo(before);
        assertThat(text("again/rollouts.jsonl")).isEqualTo(text("run/rollouts.jsonl"));
    }

    private long calls() {
        return server.calls("tiny") + server.calls("judge");
    }

    @Test
    void a_run_is_not_resumed_with_other_labels() throws IOException {
        String questions = """
                {"question": "Is it?", "answer": "yes"}
                {"question": "Is it not?", "answer": "no"}
                """;
        Path tasks = Files.writeString(directory.resolve("tasks.jsonl"), questions);
        assertThat(train(
                        "--teacher",
                        "embedded",
                        "--student",
                        server.url(),
                        "--model",
                        "tiny",
                        "--tasks",
                        tasks.toString(),
                        "--steps",
                        "2",
                        "--batch",
                        "2",
                        "--samples",
                        "2",
                        "--reward",
                        "labels:yes,no",
                        "--budget-calls",
                        "6",
                        "--run",
                        run("run")))
                .isZero();
        String before = text("run/rollouts.jsonl");
        assertThat(train("--resume", run("run"), "--budget-calls", "99", "--reward", "labels:yes,no,perhaps"))
                .isOne();
        assertTold("the run in " + run("run") + " was begun with another configuration; resume it with the same, or"
                + " begin a new run:\n  reward: LabelReward[yes, no] then, LabelReward[yes, no, perhaps] now");
        assertThat(text("run/rollouts.jsonl")).isEqualTo(before);
    }

    @Test
    void what_cannot_be_meant_is_refused() throws IOException {
        Path rubric = Files.writeString(directory.resolve("rubric.txt"), "polite");
        String[] pair = {"--student", "embedded", "--reward", "embedded"};
        assertRefused(
                "--student, where it is given several times, needs a NAME= for each, such as small=embedded; got embedded",
                "--student",
                "a=embedded",
                "--student",
                "embedded",
                "--reward",
                "embedded");
        assertRefused(
                "--validation-student answers the questions of --validation; give that too",
                "--student",
                "embedded",
                "--validation-student",
                "b=embedded",
                "--reward",
                "embedded");
        assertRefused(
                "--validation-student needs a NAME=, such as small=embedded; got embedded",
                "--student",
                "embedded",
                "--validation-student",
                "embedded",
                "--validation",
                "embedded",
                "--reward",
                "embedded");
        assertRefused(
                "--model c=... is for a student that there is not; there are [a]",
                "--student",
                "a=embedded",
                "--model",
                "c=m",
                "--reward",
                "embedded");
        assertRefused(
                "--judge, --judge-... and --rubric are options of --reward judge; give that, or leave them out",
                Stream.concat(Stream.of(pair), Stream.of("--rubric", rubric.toString()))
                        .toArray(String[]::new));
        assertRefused(
                "--reward judge needs --judge URL, --judge-model MODEL and --rubric FILE, which says what to grade by",
                "--student",
                "embedded",
                "--reward",
                "judge");
        assertRefused(
                "the penalty for a token must be a positive number, got -1.0",
                Stream.concat(Stream.of(pair), Stream.of("--token-penalty", "-1"))
                        .toArray(String[]::new));
    }
}
