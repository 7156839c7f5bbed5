package dev.wst.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.InvalidInputException;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Task;
import dev.wst.evaluation.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison is kept with its run and comes back as it was. */
class KeptComparisonTest {
    private static final Task FIRST = new Task("a", "What is 6 times 7?", Optional.of("42"), Map.of("kind", "product"));
    private static final Task SECOND = Task.of("b", "Why?");

    @TempDir
    Path directory;

    private Path run(String texts) {
        Path run = directory.resolve("run");
        RunDirectory.create(
                        run,
                        new RunDescription(Map.of("texts", texts), Map.of()),
                        List.of(FIRST),
                        List.of(),
                        RunDirectory.Detail.TEXTS)
                .close();
        return run;
    }

    private static Rollout rollout(Task task, String instruction, Answer answer, Reward reward) {
        return new Rollout(Attempt.of(task, Instruction.fixed(instruction), answer), reward);
    }

    private static KeptComparison comparison() {
        Answer right = Answer.of("It is 42.", Answer.Finish.STOP, OptionalInt.of(20), OptionalInt.of(5));
        return new KeptComparison(
                new Comparison(List.of(
                        new Comparison.Result(
                                "student alone",
                                List.of(
                                        rollout(FIRST, "", Answer.of("41"), Reward.of(0)),
                                        rollout(
                                                SECOND,
                                                "",
                                                Answer.failed(Answer.FailureKind.TIMEOUT, "after 60 s"),
                                                Reward.unscored("no answer")))),
                        new Comparison.Result(
                                "trained teacher",
                                List.of(
                                        rollout(FIRST, "Work it out.", right, Reward.of(1, Map.of("right", 1.0))),
                                        rollout(SECOND, "Ask back.", Answer.of("Who asks?"), Reward.of(0.5)))))),
                "trained teacher",
                Optional.empty());
    }

    @Test
    void it_comes_back_as_it_was_with_its_questions() throws IOException {
        Path run = run("written");
        assertThat(RunReader.open(run).comparison()).isEmpty();
        comparison().write(run);
        assertThat(RunReader.open(run).comparison()).contains(comparison());
        assertThat(Files.readAllLines(run.resolve("comparison.jsonl")))
                .hasSize(7)
                .startsWith(
                        "{\"format\":1,\"trained\":\"trained teacher\",\"arms\":[\"student alone\",\"trained teacher\"]}",
                        "{\"split\":\"comparison\",\"id\":\"a\",\"prompt\":\"What is 6 times 7?\",\"reference\":\"42\","
                                + "\"attributes\":{\"kind\":\"product\"}}");
    }

    @Test
    void a_redacted_run_has_a_redacted_comparison() throws IOException {
        Path run = run("redacted");
        comparison().write(run);
        assertThat(Files.readString(run.resolve("comparison.jsonl")))
                .doesNotContain("Work it out", "6 times 7", "It is 42", "Who asks")
                .contains("12 characters");
        assertThat(RunReader.open(run)
                        .comparison()
                        .orElseThrow()
                        .comparison()
                        .difference("trained teacher", "student alone"))
                .isEqualTo(comparison().comparison().difference("trained teacher", "student alone"));
    }

    @Test
    void the_name_of_an_arm_does_not_give_its_instruction_away() throws IOException {
        Path run = run("redacted");
        Comparison fixed = new Comparison(List.of(new Comparison.Result(
                "always \"Be brief.\"", List.of(rollout(FIRST, "Be brief.", Answer.of("42"), Reward.of(1))))));
        new KeptComparison(fixed, "always \"Be brief.\"", Optional.empty()).write(run);
        assertThat(Files.readString(run.resolve("comparison.jsonl"))).doesNotContain("brief");
        assertThat(RunReader.open(run).comparison().orElseThrow().trained())
                .startsWith("always \"[9 characters, SHA-256 ");
    }

    @Test
    void arms_that_are_not_there_or_not_told_apart_are_refused() {
        Comparison comparison = comparison().comparison();
        assertThatThrownBy(() -> new KeptComparison(comparison, "other", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no arm other; there are [student alone, trained teacher]");
        Comparison twice = new Comparison(
                List.of(comparison.results().get(0), comparison.results().get(0)));
        assertThatThrownBy(() -> new KeptComparison(twice, "student alone", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("each arm of a comparison needs a name of its own, got [student alone, student alone]");
        assertThatThrownBy(() -> comparison().write(directory)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void a_damaged_one_is_named() throws IOException {
        Path run = run("written");
        comparison().write(run);
        Path file = run.resolve("comparison.jsonl");
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, 5));
        assertThatThrownBy(() -> KeptComparison.read(run))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(file + " is damaged: arms should be compared on the same questions");
        Files.writeString(file, lines.get(0) + "\n{\"half\":");
        assertThatThrownBy(() -> KeptComparison.read(run))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("line 2 of " + file + " is damaged: ");
        Files.writeString(file, "{\"format\":2}\n");
        assertThatThrownBy(() -> KeptComparison.read(run)).isInstanceOf(InvalidInputException.class);
    }
}
