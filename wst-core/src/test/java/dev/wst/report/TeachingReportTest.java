package dev.wst.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Ending;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Task;
import dev.wst.evaluation.Comparison;
import dev.wst.metrics.KeptComparison;
import dev.wst.metrics.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of runs of every kind, and in which words. */
class TeachingReportTest {
    private static final Map<Integer, Double> NEVER = Map.of();

    @TempDir
    Path directory;

    private RecordedRun run() {
        return new RecordedRun(directory.resolve("run"));
    }

    private static Page page(RunReader run) {
        return Page.of(TeachingReport.of(run).html());
    }

    private static String headline(RunReader run) {
        return page(run).texts("h1").get(0);
    }

    @Test
    void it_says_that_training_helped_only_where_the_interval_does() {
        assertThat(headline(run().write(20, Map.of(0, 0.2, 20, 0.9), Optional.of(Ending.FINISHED))))
                .isEqualTo(
                        "Training helped: mean reward 0.900 (after step 20) against 0.200 (before training), a difference of"
                                + " +0.700 [+0.507, +0.833] on 30 questions.");
    }

    @Test
    void a_difference_that_may_be_chance_is_called_none() {
        assertThat(headline(run().write(20, Map.of(0, 0.3, 20, 0.4), Optional.of(Ending.FINISHED))))
                .startsWith(
                        "Training is not shown to have helped: mean reward 0.400 (after step 20) against 0.300 (before"
                                + " training), a difference of +0.100 [−0.025, +0.256]")
                .doesNotContain("better");
    }

    @Test
    void harm_is_called_harm() {
        Page page = page(run().write(20, Map.of(0, 0.9, 20, 0.2), Optional.of(Ending.FINISHED)));
        assertThat(page.texts("h1").get(0)).startsWith("Training harmed: mean reward 0.200");
        assertThat(page.attribute("h1", "class")).isEqualTo("bad");
    }

    @Test
    void a_comparison_is_the_headline_where_there_is_one() {
        RunReader run = run().write(20, Map.of(0, 0.9, 20, 0.2), Optional.of(Ending.FINISHED));
        RecordedRun.compare(run.path(), 40, 0.2, 0.5, 0.9);
        Page page = page(run);
        assertThat(page.texts("h1").get(0))
                .isEqualTo(
                        "The trained teacher helps: mean reward 0.900 (trained teacher) against 0.200 (student alone), a"
                                + " difference of +0.700 [+0.546, +0.819] on 40 questions.");
        assertThat(page.text())
                .contains(
                        "It is better than the best of the fixed instructions (always \"Think.\"): +0.400 [+0.263, +0.554].")
                .contains("28 of 40", "The first 20 of 28 that are answered better")
                .contains(
                        "Against student alone, 28 questions were answered better, 0 worse and 12 as well: 0.0 % of all were"
                                + " made worse (0.0 % to 12.5 %). If it made no difference, as many or more would go one"
                                + " way with p = 2.2e-08 (exact sign test, times 3 comparisons).")
                .contains("those of the 3 differences hold all at once with 95 % (Bonferroni)")
                .contains("The intervals hold for all 2 at once with 95 % (Bonferroni).");
        assertThat(page.texts("th")).contains("By kind", "Difference, paired");
        assertThat(page.texts("td")).contains("even", "odd");
        assertThat(page.texts("td")).contains("student alone", "untrained teacher", "trained teacher");
    }

    @Test
    void drafts_cost_tokens_too() {
        RunReader run = run().write(20, NEVER, Optional.of(Ending.FINISHED));
        Task task = Task.of("q", "Question?");
        Attempt draft = Attempt.of(task, Instruction.fixed("Try."), counted(30, 4));
        Attempt last = new Advice(draft.situation().after(draft), Instruction.fixed("Again.")).answered(counted(50, 6));
        Attempt unknown =
                new Advice(draft.situation().after(draft), Instruction.fixed("Again.")).answered(Answer.of("b"));
        new KeptComparison(
                        new Comparison(List.of(
                                new Comparison.Result("alone", List.of(new Rollout(draft, Reward.of(0)))),
                                new Comparison.Result("unknown", List.of(new Rollout(unknown, Reward.of(0)))),
                                new Comparison.Result("two rounds", List.of(new Rollout(last, Reward.of(1)))))),
                        "two rounds",
                        Optional.empty())
                .write(run.path());
        assertThat(page(run).texts("td"))
                .containsSequence(
                        "alone", "30.000 [−∞, ∞]", "4.000 [−∞, ∞]", "two rounds", "80.000 [−∞, ∞]", "10.000 [−∞, ∞]");
    }

    private static Answer counted(int read, int written) {
        return Answer.of("a", Answer.Finish.STOP, OptionalInt.of(read), OptionalInt.of(written));
    }

    @Test
    void a_fixed_instruction_that_is_as_good_is_told() {
        RunReader run = run().write(20, NEVER, Optional.of(Ending.FINISHED));
        RecordedRun.compare(run.path(), 40, 0.2, 0.9, 0.9);
        assertThat(page(run).text())
                .contains(
                        "It is not shown to be better than the best of the fixed instructions (always \"Think.\"): 0.000")
                .contains("Warning: the trained teacher is not shown to be better than a fixed instruction")
                .contains("What to do: use that instruction;");
    }

    @Test
    void a_run_without_a_step() {
        Page page = page(run().write(0, NEVER, Optional.empty()));
        assertThat(page.texts("h1")).containsExactly("Nothing was learned yet: no step is finished.");
        assertThat(page.text()).contains("under way, or killed", "0 of 20", "There is nothing to look at yet.");
        assertThat(page.texts("h2")).doesNotContain("Learning", "What it is worth");
    }

    @Test
    void a_run_without_validation_under_way() {
        Page page = page(run().write(12, NEVER, Optional.empty()));
        assertThat(page.texts("h1"))
                .containsExactly("Not measured: the run has no validation and was not compared afterwards.");
        assertThat(page.text())
                .contains("under way, or killed", "12 of 20", "evaluate --run run ...")
                .contains("The last instruction that was tried in training");
    }

    @Test
    void a_run_that_was_validated_before_training_only() {
        assertThat(headline(run().write(12, Map.of(0, 0.3), Optional.empty())))
                .isEqualTo("Not known yet: the run was validated before training only.");
    }

    @Test
    void a_run_that_failed_says_at_what() {
        Page page = page(run().write(3, Map.of(0, 0.3), Optional.of(Ending.FAILED)));
        assertThat(page.texts("p"))
                .contains("It failed during step 4: no such column (dev.wst.RewardException)")
                .anyMatch(text -> text.startsWith("It did not come to its end."));
    }

    @Test
    void a_run_that_stopped_early_is_measured_at_its_best() {
        assertThat(headline(run().write(20, Map.of(0, 0.2, 10, 0.9, 20, 0.5), Optional.of(Ending.STOPPED_EARLY))))
                .contains("0.900 (after step 10)");
    }

    @Test
    void a_redacted_run_says_so_and_shows_no_text() {
        RunReader run = run().configured("texts", "redacted")
                .asking("My secret question ")
                .write(20, Map.of(0, 0.2, 20, 0.9), Optional.of(Ending.FINISHED));
        RecordedRun.compare(run.path(), 40, 0.2, 0.5, 0.9);
        TeachingReport report = TeachingReport.of(run);
        assertThat(report.html())
                .contains("This run keeps no texts")
                .doesNotContain("secret", "Do it in way", "Think.");
        assertThat(report.markdown())
                .contains("This run keeps no texts")
                .doesNotContain("secret", "Do it in way", "Think.");
        assertThat(report.json())
                .contains("\"texts_redacted\" : true")
                .doesNotContain("secret", "Do it in way", "Think.");
    }

    @Test
    void cheating_stands_under_the_headline() {
        RunReader run = run().instructing((way, number) -> "Say the answer " + number + ", way " + way)
                .write(20, Map.of(0, 0.2, 20, 0.9), Optional.of(Ending.FINISHED));
        Page page = page(run);
        assertThat(page.texts("h1").get(0))
                .startsWith(
                        "Not to be trusted, since instructions give the answer away: mean reward 0.900 (after step 20)");
        assertThat(page.attribute("h1", "class")).isEqualTo("bad");
        assertThat(page.texts("p").get(1))
                .isEqualTo(
                        "The reward was earned by what it is not meant for: 40 of 40 instructions of 10 steps hold the right"
                                + " answer, which is not in the question; 0 would by chance. Rewards in training, and on questions like"
                                + " these, say nothing.");
        assertThat(TeachingReport.of(run).json()).contains("\"trusted\" : false");
        assertThat(page.text())
                .contains(
                        "In the last steps of training 40 of 40 instructions held the right answer word for word, where it is"
                                + " not in the question: 100.0 %, 95 % interval 91.2 % to 100.0 %; by chance, measured with the answers"
                                + " of other questions, 0.0 % would.");
    }

    @Test
    void all_of_it_is_written_beside_the_run() throws IOException {
        RunReader run = run().write(20, Map.of(0, 0.2, 20, 0.9), Optional.of(Ending.FINISHED));
        Path written = TeachingReport.of(run).madeBy("train --seed 17").write();
        assertThat(written).isEqualTo(run.path().resolve("report.html"));
        assertThat(Files.readString(written)).startsWith("<!DOCTYPE html>").contains("<pre>train --seed 17</pre>");
        assertThat(Files.readString(run.path().resolve("report.md")))
                .startsWith("# Training helped: mean reward 0.900 (after step 20)")
                .contains("    train --seed 17", "## Cost and time", "- **Money**: 1.25 USD", "| right | ");
        JsonNode json = new ObjectMapper()
                .readTree(run.path().resolve("report-data.json").toFile());
        assertThat(json.path("schema").asInt()).isEqualTo(1);
        assertThat(json.path("state").asText()).isEqualTo("finished");
        assertThat(json.path("headline").path("verdict").asText()).isEqualTo("better");
        assertThat(json.path("headline").path("difference").path("count").asInt())
                .isEqualTo(30);
        assertThat(json.path("against_baseline").path("better").asInt()).isEqualTo(21);
        assertThat(json.path("questions")).hasSize(30);
        assertThat(json.path("questions")
                        .path(0)
                        .path("said")
                        .path(1)
                        .path("reward")
                        .asDouble())
                .isEqualTo(1);
        assertThat(json.path("cost").path("money").asText()).isEqualTo("1.25");
        assertThat(json.path("curves").path(0).path("points")).hasSize(20);
        // What the run wrote is as it was.
        assertThat(RunReader.open(run.path()).report()).isPresent();
    }

    @Test
    void failed_answers_and_long_texts() {
        RunReader run = run().answering(i -> i == 0
                        ? Answer.failed(Answer.FailureKind.TIMEOUT, "after 60 s")
                        : Answer.of("word ".repeat(1000) + "end"))
                .write(20, Map.of(0, 0.2, 20, 0.9), Optional.of(Ending.FINISHED));
        Page page = page(run);
        assertThat(page.text()).contains("no answer", "TIMEOUT: after 60 s", "all 5,003 characters");
        assertThat(page.texts("summary")).contains("all 5,003 characters");
        assertThat(TeachingReport.of(run).markdown()).contains("… (5,003 characters)");
    }
}
