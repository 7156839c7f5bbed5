package dev.wst.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Ending;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Situation;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.Transfer;
import dev.wst.Validation;
import dev.wst.WstException;
import dev.wst.budget.Cost;
import dev.wst.evaluation.Comparison;
import dev.wst.metrics.KeptComparison;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunDescription;
import dev.wst.metrics.RunDirectory;
import dev.wst.metrics.RunReader;
import dev.wst.metrics.RunReport;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong in one file of a run, those who read it are told which file it is, or read on. */
class DamagedFilesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> VALUES = List.of(
            "null",
            "-1",
            "0.5",
            "2147483647",
            "1e308",
            "123456789012345678901234567890",
            "\"\"",
            "\"1e999999999\"",
            "{\"x\":{}}");
    private static final List<String> LINES = List.of(
            "", " ", "null", "[]", "{}", "\"\"", "7", "{", "{\"a\":1}}", "\u0000", "\uFEFF{}", "[".repeat(3000));
    private static final Task FIRST = new Task("a", "What is 6 times 7?", Optional.of("42"), Map.of("kind", "product"));
    private static final Task SECOND = Task.of("b", "Why?");

    @TempDir
    Path directory;

    private Path run;
    private RunFacts other;

    @BeforeEach
    void write() {
        run = run("run");
        other = RunFacts.of(RunReader.open(run("other")));
    }

    private Path run(String name) {
        Path place = directory.resolve(name);
        RunDescription description = new RunDescription(
                Map.of("reward", "MatchReward[exact]", "steps", "2", "texts", "written"), Map.of("java", "17"));
        List<Validation> validations =
                List.of(new Validation(0, batch(0), batch(0)), new Validation(2, batch(1), batch(1)));
        try (RunDirectory writing = RunDirectory.create(
                place,
                description,
                List.of(FIRST, SECOND),
                List.of(FIRST, SECOND),
                RunDirectory.Detail.TEXTS_AND_TOKENS)) {
            writing.write(validations.get(0));
            for (int step = 1; step <= 2; step++) {
                writing.write(
                        new StepMetrics(
                                step,
                                new LinkedHashMap<>(Map.of("reward", 0.5, "objective/kl", 0.1, "step_time", 2.0))),
                        batch(step));
            }
            writing.write(validations.get(1));
            writing.writeReport(new RunReport(
                    description,
                    Map.of("student_retries", "3"),
                    2,
                    Ending.FAILED,
                    Optional.of(new RunReport.Failure("dev.wst.RewardException", "no such column", "step 3")),
                    validations.stream().map(RunReport.Mean::of).toList(),
                    Map.of("reward", 0.5),
                    Optional.of(
                            new RunReport.Bill(new Cost(12, 345, 67, new BigDecimal("0.42"), 1), Optional.of("USD"))),
                    List.of(new Transfer("large", 2, 0.25, -0.5, 1, 2))));
        }
        new KeptComparison(
                        new Comparison(List.of(
                                new Comparison.Result("student alone", alone()),
                                new Comparison.Result("untrained teacher", batch(0)),
                                new Comparison.Result("trained teacher", batch(1)))),
                        "trained teacher",
                        Optional.of("untrained teacher"))
                .write(place);
        return place;
    }

    private static List<Rollout> alone() {
        return List.of(
                new Rollout(Attempt.of(FIRST, Instruction.none(), Answer.of("41")), Reward.of(0)),
                new Rollout(Attempt.of(SECOND, Instruction.none(), Answer.of("Who asks?")), Reward.of(1)));
    }

    /** One that was drawn after a draft, and one without an answer. */
    private static List<Rollout> batch(int reward) {
        Situation once = Situation.of(FIRST, 0);
        Situation twice = once.after(
                new Advice(once, sampled("Think.")).answered(Answer.failed(Answer.FailureKind.TIMEOUT, "after 60 s")));
        Answer right = Answer.of("It is 42.", Answer.Finish.STOP, OptionalInt.of(20), OptionalInt.of(5));
        return List.of(
                new Rollout(
                        new Advice(twice, sampled("Work it out."))
                                .answered(right)
                                .from(Optional.of("small"), OptionalInt.of(0)),
                        Reward.of(reward, Map.of("right", (double) reward))),
                new Rollout(
                        Attempt.of(SECOND, Instruction.fixed("Ask."), Answer.failed(Answer.FailureKind.ERROR, "broken"))
                                .from(Optional.of("small"), OptionalInt.of(0)),
                        Reward.unscored("no answer")));
    }

    private static Instruction sampled(String text) {
        return Instruction.sampled(text, new int[] {3, 1}, new double[] {-0.5, -1.5}, Instruction.Ending.STOP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"run.json", "report.json", "tasks.jsonl", "metrics.jsonl", "rollouts.jsonl", "comparison.jsonl"})
    void a_damaged_file_is_named_or_read(String name) throws IOException {
        readAll();
        Path file = run.resolve(name);
        String whole = Files.readString(file);
        List<String> wrong = new ArrayList<>();
        for (String damaged : name.endsWith(".jsonl") ? damagedLines(whole) : damaged(whole)) {
            Files.write(file, damaged.getBytes(StandardCharsets.UTF_8));
            try {
                readAll();
            } catch (WstException e) {
                if (!String.valueOf(e.getMessage()).contains(name)) {
                    wrong.add(damaged + "\n  does not name the file: " + e);
                }
            } catch (RuntimeException e) {
                wrong.add(damaged + "\n  ends with " + e + " at " + e.getStackTrace()[0]);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"run.json", "report.json", "tasks.jsonl", "metrics.jsonl", "rollouts.jsonl", "comparison.jsonl"})
    void bytes_that_are_no_text_are_named(String name) throws IOException {
        Path file = run.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        for (int at : new int[] {0, whole.length / 2}) {
            byte[] damaged = whole.clone();
            damaged[at] = (byte) 0xC3;
            Files.write(file, damaged);
            assertThat(assertRefused()).hasMessageContaining(name);
        }
    }

    private WstException assertRefused() {
        try {
            readAll();
        } catch (WstException e) {
            return e;
        }
        throw new AssertionError("it was read");
    }

    private void readAll() {
        RunReader reader = RunReader.open(run);
        assertThat(reader.tasks(RecordedRollout.TRAIN)).isNotNull();
        RunFacts facts = RunFacts.of(reader);
        assertThat(HtmlText.of(RunDocument.of(facts, Optional.empty()))).isNotEmpty();
        assertThat(JsonText.of(facts)).isNotEmpty();
        assertThat(HtmlText.of(RunsDocument.of(List.of(facts, other)))).isNotEmpty();
    }

    /** The file with one line damaged, left out or there twice. */
    private static List<String> damagedLines(String whole) throws IOException {
        List<String> lines = whole.lines().toList();
        List<String> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            List<String> before = lines.subList(0, i);
            List<String> after = lines.subList(i + 1, lines.size());
            boolean isOfNewForm = seen.add(lines.get(i).replaceAll(":(\"([^\"\\\\]|\\\\.)*\"|[-0-9.]+)", ":"));
            for (String damaged : isOfNewForm ? damaged(lines.get(i)) : LINES) {
                all.add(joined(before, List.of(damaged), after));
            }
            all.add(joined(before, after));
            all.add(joined(before, List.of(lines.get(i), lines.get(i)), after));
            all.add(joined(after, before, List.of(lines.get(i))));
            all.add(joined(before, List.of(lines.get(i) + lines.get(i)), after));
        }
        return all;
    }

    @SafeVarargs
    private static String joined(List<String>... parts) {
        StringBuilder text = new StringBuilder();
        for (List<String> part : parts) {
            part.forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    /** The text of an object with one of its values missing or another, or cut short, or with something else in its place. */
    private static List<String> damaged(String text) throws IOException {
        List<String> all = new ArrayList<>(LINES);
        all.add(text.substring(0, text.length() / 2));
        all.add(text.strip().substring(0, text.strip().length() - 1));
        JsonNode root = MAPPER.readTree(text);
        damage(root, () -> all.add(root.toString()));
        return all;
    }

    private static void damage(JsonNode node, Runnable damaged) throws IOException {
        if (node instanceof ObjectNode object) {
            for (String name : names(object)) {
                JsonNode value = object.get(name);
                object.remove(name);
                damaged.run();
                replace(other -> object.set(name, other), damaged);
                object.set(name, value);
                damage(value, damaged);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode value = array.get(i);
                array.remove(i);
                damaged.run();
                array.insert(i, value);
                int place = i;
                replace(other -> array.set(place, other), damaged);
                array.set(i, value);
                damage(value, damaged);
            }
        }
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void replace(Consumer<JsonNode> put, Runnable damaged) throws IOException {
        for (String value : VALUES) {
            put.accept(MAPPER.readTree(value));
            damaged.run();
        }
    }
}
