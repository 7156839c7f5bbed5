package dev.wst.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.metrics.RunReader;
import dev.wst.teacher.TransformerTeacher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
    private static final List<String> EMBEDDED =
            List.of("--teacher", "embedded", "--student", "embedded", "--tasks", "embedded", "--reward", "embedded");

    @TempDir
    private Path directory;

    private final TriedCommand tried = new TriedCommand();

    private int run(String command, List<String> common, String... more) {
        return tried.run(command, common, more);
    }

    @Test
    void a_run_leaves_an_adapter_that_evaluate_and_export_take() throws IOException {
        Path run = directory.resolve("run");
        assertThat(run("train", EMBEDDED, "--steps", "2", "--batch", "2", "--samples", "2", "--run", run.toString()))
                .isZero();
        assertThat(run.resolve("adapter/adapter_model.safetensors")).exists();
        assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(2);
        assertThat(Files.readAllLines(run.resolve("rollouts.jsonl"))).hasSize(8);
        Path merged = directory.resolve("merged");
        assertThat(run(
                        "export",
                        List.of("--teacher", "embedded"),
                        "--adapter",
                        run.resolve("adapter").toString(),
                        "--to",
                        merged.toString()))
                .isZero();
        assertThat(merged.resolve("model.safetensors")).exists();
        assertThat(merged.resolve("tokenizer.json")).exists();
        Path tasks = Files.writeString(
                directory.resolve("tasks.jsonl"),
                "{\"question\": \"Write these letters backwards: a b c d\", \"answer\": \"d c b a\"}\n");
        Path fixed = Files.writeString(directory.resolve("fixed.txt"), "Take one, skip one.\n");
        assertThat(run(
                        "evaluate",
                        List.of("--teacher", "embedded", "--student", "embedded", "--reward", "contained"),
                        "--tasks",
                        tasks.toString(),
                        "--adapter",
                        run.resolve("adapter").toString(),
                        "--instructions",
                        fixed.toString()))
                .isZero();
    }

    @Test
    void a_mistyped_option_is_named_before_the_one_that_it_leaves_out() {
        assertThat(run("train", EMBEDDED.subList(2, EMBEDDED.size()), "--techer", "embedded"))
                .isEqualTo(2);
        assertThat(tried.told())
                .startsWith("wst train: Unknown options: '--techer', 'embedded'")
                .contains("--teacher");
        tried.forget();
        assertThat(run("train", EMBEDDED.subList(2, EMBEDDED.size()))).isEqualTo(2);
        assertThat(tried.told()).startsWith("wst train: Missing required option: '--teacher=");
    }

    @Test
    void an_adapter_and_its_model_become_one_gguf_file() throws IOException {
        Path run = directory.resolve("run");
        assertThat(run("train", EMBEDDED, "--steps", "1", "--batch", "2", "--samples", "2", "--run", run.toString()))
                .isZero();
        List<String> adapter = List.of("--adapter", run.resolve("adapter").toString(), "--teacher");
        Path embedded = EmbeddedPair.teacherFiles();
        Path model = Files.createDirectory(directory.resolve("model"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(embedded.resolve(name), model.resolve(name));
        }
        Files.writeString(
                model.resolve("tokenizer.json"),
                "{\"added_tokens\": [{\"id\": 0, \"content\": \"<end>\", \"special\": true, \"single_word\": false,"
                        + " \"lstrip\": false, \"rstrip\": false, \"normalized\": false}], \"decoder\": {\"type\":"
                        + " \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true}, \"pre_tokenizer\":"
                        + " {\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true}, \"model\":"
                        + " {\"type\": \"BPE\", \"vocab\": {\"<end>\": 0, \"a\": 1, \"b\": 2, \"ab\": 3},"
                        + " \"merges\": [\"a b\"]}}");
        Path file = directory.resolve("teacher.gguf");
        assertThat(run("export", adapter, model.toString(), "--gguf", file.toString(), "--type", "q8_0"))
                .isZero();
        assertThat(tried.told()).isEmpty();
        assertThat(run("export", adapter, file.toString(), "--to", directory + "/merged"))
                .isOne();
        assertThat(tried.told()).contains(" was trained beside other weights (").contains(file.toString());
        TransformerTeacher.load(file).close();
        assertThat(run("export", adapter, model.toString(), "--gguf", directory + "/other.gguf", "--type", "q4_0"))
                .isOne();
        assertThat(run("export", adapter, model.toString())).isOne();
        assertThat(run("export", adapter, model.toString(), "--to", directory + "/to", "--type", "f16"))
                .isOne();
        assertThat(run("export", adapter, embedded.toString(), "--gguf", directory + "/other.gguf"))
                .isOne();
        assertThat(tried.told()
                        .lines()
                        .filter(line -> line.startsWith("wst export: "))
                        .skip(1))
                .containsExactly(
                        "wst export: --type must be f32, f16 or q8_0, got q4_0",
                        "wst export: give --to DIR for a Hugging Face directory, or --gguf FILE for a GGUF file",
                        "wst export: --type is of a GGUF file; a Hugging Face directory is in FP32",
                        "wst export: " + embedded.resolve("tokenizer.json")
                                + " cannot be written to a GGUF file: its model is WordLevel with the decoder Fuse;"
                                + " byte-level BPE is written here. Save merged safetensors instead");
        assertThat(directory).isDirectoryNotContaining("glob:**other.gguf");
    }

    @Test
    void a_run_with_a_budget_is_resumed_with_a_larger_one_rescored_and_replayed() throws IOException {
        Path run = directory.resolve("run");
        String[] small = {"--steps", "3", "--batch", "2", "--samples", "2", "--run", run.toString()};
        assertThat(run("train", EMBEDDED, "--steps", "3", "--batch", "2", "--run", run.toString(), "--dry-run"))
                .isZero();
        assertThat(run).doesNotExist();
        List<String> limited = new ArrayList<>(List.of(small));
        limited.addAll(List.of("--budget-calls", "9"));
        assertThat(run("train", EMBEDDED, limited.toArray(new String[0]))).isZero();
        assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSizeLessThan(3);
        assertThat(run("train", List.of("--resume", run.toString()), "--budget-calls", "13"))
                .isZero();
        assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(3);
        assertThat(run("train", List.of("--resume", run.toString()))).isOne();
        assertThat(tried.told()).contains("wst train: the run in " + run + " is complete after 3 steps");
        assertThat(run("rescore", List.of(run.toString(), "--reward", "contained")))
                .isZero();
        Path again = directory.resolve("again");
        small[7] = again.toString();
        List<String> replayed = new ArrayList<>(List.of(small));
        replayed.addAll(List.of("--replay", run.toString()));
        assertThat(run("train", EMBEDDED, replayed.toArray(new String[0]))).isZero();
        assertThat(again.resolve("rollouts.jsonl")).hasSameBinaryContentAs(run.resolve("rollouts.jsonl"));
    }

    @Test
    void a_run_that_cannot_be_meant_is_refused_with_what_to_give() {
        assertThat(run("train", EMBEDDED)).isOne();
        assertThat(run("train", EMBEDDED, "--run", "x", "--budget-money", "3")).isOne();
        assertThat(run("train", EMBEDDED, "--run", "x", "--replay", directory.toString()))
                .isOne();
        assertThat(tried.told().lines().filter(line -> line.startsWith("wst train: ")))
                .containsExactly(
                        "wst train: give --run DIR for a new run, or --resume DIR for one that goes on",
                        "wst train: --budget-money needs --prices, the file with what models cost",
                        "wst train: " + directory.resolve("answers.sqlite")
                                + " does not exist: no run has kept its answers there");
    }

    @CommandLine.Command(name = "broken")
    static final class Broken implements Callable<Integer> {
        @Override
        public Integer call() {
            IllegalStateException disk = new IllegalStateException("the disk is full");
            disk.addSuppressed(new IllegalStateException("the adapter was saved in /tmp/x instead"));
            throw disk;
        }
    }

    @Test
    void what_went_wrong_after_the_first_mistake_is_told_too() {
        CommandLine line = tried.on(Main.commandLine().addSubcommand(new Broken()));
        assertThat(line.execute("broken")).isEqualTo(1);
        assertThat(tried.told())
                .startsWith("wst broken: the disk is full" + System.lineSeparator() + "also: the adapter was saved in")
                .hasLineCount(3);
    }

    @Test
    void a_server_that_fails_a_third_of_its_calls_costs_one_line_a_kind_and_step() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            int call = calls.incrementAndGet();
            byte[] body = (call % 3 == 0
                            ? "{\"error\": {\"message\": \"no\"}}"
                            : "{\"choices\": [{\"index\": 0, \"message\": {\"role\": \"assistant\", \"content\": \"d c b a\"},"
                                    + " \"finish_reason\": \"stop\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(call % 3 != 0 ? 200 : call % 2 == 0 ? 429 : 500, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        PrintStream console = System.err;
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
            assertThat(run(
                            "train",
                            List.of("--teacher", "embedded", "--tasks", "embedded", "--reward", "contained"),
                            "--student",
                            url,
                            "--model",
                            "m",
                            "--retries",
                            "0",
                            "--steps",
                            "2",
                            "--batch",
                            "4",
                            "--samples",
                            "4",
                            "--run",
                            directory.resolve("failing").toString()))
                    .isZero();
        } finally {
            System.setErr(console);
            server.stop(0);
        }
        assertThat(calls.get()).isGreaterThanOrEqualTo(33);
        List<String> failures = lines.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("WARN"))
                .toList();
        assertThat(failures)
                .hasSize(4)
                .allMatch(line -> line.matches(".*step [12]: \\d of 16 questions failed with (RATE_LIMIT|ERROR), .*"));
        assertThat(lines.toString(StandardCharsets.UTF_8).lines()).hasSizeLessThan(8);
    }

    @Test
    void a_mistake_is_told_in_one_line_and_where_to_look_in_another() throws IOException {
        Path run = directory.resolve("taken");
        Files.createDirectory(run);
        assertThat(run("train", EMBEDDED, "--run", run.toString())).isEqualTo(1);
        assertThat(tried.told())
                .startsWith("wst train: the run directory " + run + " exists already")
                .hasLineCount(2);
    }

    @Test
    void the_wrong_reward_names_the_right_ones() {
        List<String> pair = List.of("--teacher", "embedded", "--student", "embedded", "--tasks", "embedded");
        assertThat(run("evaluate", pair, "--reward", "nice")).isEqualTo(1);
        assertThat(tried.told())
                .contains("--reward must be embedded, exact, contained, f1, gsm8k, math, judge or labels:A,B..., got");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        List<String> pair = List.of("--student", "embedded", "--tasks", "embedded", "--reward", "embedded");
        String missing = directory.resolve("none.gguf").toString();
        assertThat(run(
                        "train",
                        pair,
                        "--teacher",
                        missing,
                        "--run",
                        directory.resolve("r").toString()))
                .isEqualTo(1);
        assertThat(tried.told()).contains(missing);
        assertThat(directory.resolve("r")).doesNotExist();
    }

    @Test
    void what_the_teacher_learns_from_can_be_chosen() {
        assertThat(run(
                        "train",
                        EMBEDDED,
                        "--steps",
                        "2",
                        "--batch",
                        "2",
                        "--samples",
                        "2",
                        "--warm-start",
                        "1",
                        "--draw-by-signal",
                        "--reuse",
                        "1",
                        "--average",
                        "2",
                        "--rounds",
                        "2",
                        "--run",
                        directory + "/run"))
                .isZero();
        assertThat(RunReader.open(directory.resolve("run")).description().configuration())
                .containsEntry("warm_start", "WarmStart[steps=1, epochs=4]")
                .containsEntry("tasks_drawn", "by signal")
                .containsEntry("reuse", "1")
                .containsEntry("weights_averaged", "2")
                .containsEntry("refinement", "Refinement[rounds=2, creditsImprovement=false]");
    }

    @Test
    void instructions_that_give_the_answer_away_are_counted_unless_told_otherwise() throws IOException {
        List<String> contained = new ArrayList<>(
                List.of("--teacher", "embedded", "--student", "embedded", "--tasks", "embedded", "--reward"));
        contained.addAll(List.of("contained", "--steps", "1", "--batch", "2", "--samples", "2", "--run"));
        assertThat(run("train", contained, directory + "/counted")).isZero();
        assertThat(directory.resolve("counted/metrics.jsonl"))
                .content()
                .contains("\"rewards/guard_answer_leak/mean\":0.0");
        assertThat(run("train", contained, directory + "/ignored", "--leaks", "ignore"))
                .isZero();
        assertThat(directory.resolve("ignored/metrics.jsonl")).content().doesNotContain("guard");
        assertThat(run("train", contained, directory + "/refused", "--leaks", "forbid"))
                .isEqualTo(2);
        assertThat(tried.told()).contains("--leaks takes count, penalise, unscore, ignore; got forbid");
        Path tasks = Files.writeString(directory.resolve("asked.jsonl"), "{\"question\": \"How are you?\"}\n");
        assertThat(run(
                        "train",
                        List.of("--teacher", "embedded", "--student", "embedded", "--reward", "embedded"),
                        "--leaks",
                        "penalise",
                        "--batch",
                        "1",
                        "--tasks",
                        tasks.toString(),
                        "--run",
                        directory + "/refused"))
                .isOne();
        assertThat(tried.told()).contains("has no reference");
    }

    @Test
    void a_url_needs_the_name_of_a_model() {
        List<String> url = List.of(
                "--teacher",
                "embedded",
                "--student",
                "http://127.0.0.1:9/v1",
                "--tasks",
                "embedded",
                "--reward",
                "exact");
        assertThat(run("train", url, "--run", directory.resolve("r").toString()))
                .isEqualTo(1);
        assertThat(tried.told()).contains("needs --model");
    }

    private void assertRefused(String message, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("--run", directory.resolve("refused").toString()));
        assertThat(run("train", EMBEDDED, all.toArray(new String[0]))).isEqualTo(1);
        assertThat(tried.told()).contains(message);
        assertThat(directory.resolve("refused")).doesNotExist();
        tried.forget();
    }

    @Test
    void options_that_would_not_be_heard_are_refused() {
        assertRefused("--full trains every weight of --teacher and cannot go on from", "--full", "--adapter", "a");
        assertRefused("with --adapter they stand in the adapter", "--adapter", "a", "--rank", "4");
        assertRefused("with --full there are none", "--full", "--alpha", "4");
        assertRefused("--kl-horizon needs --kl-target", "--kl-horizon", "100");
        assertRefused("are options of PPO", "--algorithm", "grpo", "--entropy", "0.1");
        assertRefused("are options of GRPO", "--filter-groups");
        assertRefused("leave out --student-temperature", "--student-temperature", "0.5");
        assertRefused("leave it out with --student embedded", "--student-precision", "FP32");
        assertRefused("a teacher learns through its frozen weights", "--precision", "INT8");
    }

    @Test
    void what_is_asked_for_stands_in_the_report() throws IOException {
        Path ppo = directory.resolve("ppo");
        List<String> small = new ArrayList<>(EMBEDDED);
        small.addAll(List.of("--steps", "1", "--batch", "2", "--samples", "2", "--warm-up", "1"));
        small.addAll(
                List.of("--weight-decay", "0.25", "--gradient-norm", "0.75", "--minibatches", "2", "--clip", "0.3"));
        assertThat(run(
                        "train",
                        small,
                        "--kl",
                        "0.125",
                        "--kl-target",
                        "6",
                        "--kl-horizon",
                        "99",
                        "--kl-estimator",
                        "K3",
                        "--entropy",
                        "0.0625",
                        "--kl-stop",
                        "0.5",
                        "--top-k",
                        "7",
                        "--top-p",
                        "0.875",
                        "--min-p",
                        "0.01",
                        "--stop",
                        "Q:",
                        "--targets",
                        "q_proj,v_proj",
                        "--rank",
                        "3",
                        "--run",
                        ppo.toString()))
                .isZero();
        assertThat(Files.readString(ppo.resolve("report.json")))
                .contains("klCoefficient=0.125, klTarget=6.0, klHorizon=99.0")
                .contains("klEstimator=K3", "entropyBonus=0.0625", "klStop=0.5", "clip=0.3", "minibatches=2")
                .contains("warmupSteps=1", "weightDecay=0.25", "maxGradientNorm=0.75")
                .contains("topK=7", "topP=0.875", "minP=0.01", "stopStrings=[Q:]", "rank=3");
        assertThat(Files.readString(ppo.resolve("adapter/adapter_config.json")))
                .contains("v_proj")
                .doesNotContain("k_proj");
        Path grpo = directory.resolve("grpo");
        assertThat(run(
                        "train",
                        small,
                        "--algorithm",
                        "grpo",
                        "--filter-groups",
                        "--scale-rewards",
                        "false",
                        "--run",
                        grpo.toString()))
                .isZero();
        assertThat(Files.readString(grpo.resolve("report.json")))
                .contains("filterGroups=true", "byDeviation=false", "clipLow=0.3, clipHigh=0.3");
    }

    @Test
    void a_student_that_is_not_there_ends_an_evaluation_at_its_first_question() {
        assertThat(run(
                        "evaluate",
                        List.of("--teacher", "embedded", "--tasks", "embedded", "--reward", "exact"),
                        "--student",
                        "http://127.0.0.1:9/v1",
                        "--model",
                        "none",
                        "--timeout",
                        "5",
                        "--retries",
                        "0"))
                .isEqualTo(1);
        assertThat(tried.told())
                .startsWith("wst evaluate: the student did not answer a first question (UNREACHABLE)")
                .contains("http://127.0.0.1:9/v1")
                .hasLineCount(2);
    }

    @Test
    void figures_fail_where_one_is_missed() throws IOException {
        String form = "{\"id\": \"c\", \"source\": \"s\", \"kind\": \"extract\", \"gold\": \"2\","
                + " \"pred\": \"So \\\\boxed{%s}.\", \"equal\": true, \"peers\": {\"math-verify\": true}}\n";
        Path right = Files.writeString(directory.resolve("right.jsonl"), form.formatted("2"));
        Path missed = Files.writeString(directory.resolve("missed.jsonl"), form.formatted("3"));
        List<String> math = List.of("math", "--shared", directory.toString());
        assertThat(run("figures", math, "--cases", right.toString())).isZero();
        assertThat(run("figures", math, "--cases", right.toString(), "--cases", missed.toString()))
                .isEqualTo(1);
    }

    @Test
    void an_unknown_option_is_refused_with_the_usage() {
        assertThat(run("train", EMBEDDED, "--run", directory.resolve("r").toString(), "--step", "3"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(tried.told()).contains("--step");
    }

    private String printed(String... args) {
        StringWriter out = new StringWriter();
        CommandLine line = tried.on(Main.commandLine()).setOut(new PrintWriter(out, true));
        line.execute(args);
        return out.toString();
    }

    @Test
    void version_help_and_the_help_of_a_group_are_printed() {
        assertThat(printed("--version")).startsWith("wst ");
        assertThat(printed("help")).contains("Usage: wst").contains("torture");
        assertThat(printed("bench", "--help")).contains("Usage: wst bench");
        assertThat(printed("evaluate", "--help")).containsPattern("95 %\\s+intervals");
        assertThat(tried.told()).isEmpty();
    }

    @Test
    void a_benchmark_is_told_which_model_in_one_way() {
        assertThat(printed("bench", "step")).isEmpty();
        assertThat(printed("bench", "rollout", "--shape", "qwen2.5-0.5b", "--teacher", "a.gguf"))
                .isEmpty();
        assertThat(tried.told().lines().filter(line -> line.contains("either --teacher names a model or --shape")))
                .hasSize(2);
    }

    @Test
    void a_mistake_is_two_lines_and_not_a_page() {
        assertThat(printed("train", "--steps", "many")).isEmpty();
        assertThat(tried.told().lines()).hasSize(2);
        assertThat(tried.told()).contains("many").contains("see: wst train --help");
    }
}
