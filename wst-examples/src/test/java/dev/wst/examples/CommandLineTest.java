package dev.wst.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
    private static final List<String> EMBEDDED =
            List.of("--teacher", "embedded", "--student", "embedded", "--tasks", "embedded", "--reward", "embedded");

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    private int run(String command, List<String> common, String... more) {
        List<String> args = new ArrayList<>();
        args.add(command);
        args.addAll(common);
        args.addAll(List.of(more));
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(err, true));
        return line.execute(args.toArray(new String[0]));
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
    void a_mistake_is_told_in_one_line() throws IOException {
        Path run = directory.resolve("taken");
        Files.createDirectory(run);
        assertThat(run("train", EMBEDDED, "--run", run.toString())).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("wst train: the run directory " + run + " exists already")
                .hasLineCount(1);
    }

    @Test
    void the_wrong_reward_names_the_right_ones() {
        List<String> pair = List.of("--teacher", "embedded", "--student", "embedded", "--tasks", "embedded");
        assertThat(run("evaluate", pair, "--reward", "nice")).isEqualTo(1);
        assertThat(err.toString())
                .contains("--reward must be embedded, exact, contained, f1, gsm8k, math or labels:A,B..., got");
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
        assertThat(err.toString()).contains(missing);
        assertThat(directory.resolve("r")).doesNotExist();
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
        assertThat(err.toString()).contains("needs --model");
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
        assertThat(run("train", EMBEDDED, "--step", "3")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--step");
    }
}
