package dev.wst.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Ending;
import dev.wst.metrics.RunReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs side by side. */
class SeveralRunsTest {
    @TempDir
    Path directory;

    private RecordedRun run(String name) {
        return new RecordedRun(directory.resolve(name));
    }

    @Test
    void two_teachers_and_where_their_instructions_differ() {
        RunReader first = run("first").write(20, Map.of(0, 0.2, 20, 0.9), Optional.of(Ending.FINISHED));
        RunReader second = run("second")
                .configured("seed", "18")
                .instructing((way, number) -> number < 5 ? "Another." : "Work it out, way 2.")
                .write(20, Map.of(0, 0.2, 20, 0.4), Optional.empty());
        SeveralRuns runs = SeveralRuns.of(List.of(first, second));
        Page page = Page.of(runs.html());
        assertThat(page.texts("h1"))
                .containsExactly("first earns more than second: +0.500 [+0.330, +0.668] on 30 questions in common.");
        assertThat(page.text()).contains("Of 30 questions in common, 5 have different instructions.", "Another.");
        assertThat(page.texts("article")).hasSize(5).allMatch(text -> text.contains("Another."));
        assertThat(page.texts("td")).contains("seed", "17", "18", "under way, or killed", "+0.700 [+0.507, +0.833]");
        assertThat(page.texts("td")).doesNotContain("batch");
        assertThat(page.texts("svg")).hasSize(4);
        assertThat(runs.markdown()).startsWith("# first earns more than second");
        Path page2 = runs.write(directory.resolve("runs.html"));
        assertThat(Files.exists(page2)).isTrue();
    }

    @Test
    void three_runs_of_one_configuration_and_no_validation() {
        List<RunReader> runs = List.of(
                run("a/run").write(5, Map.of(), Optional.of(Ending.FINISHED)),
                run("b/run").write(0, Map.of(), Optional.empty()),
                run("c/run").write(12, Map.of(), Optional.of(Ending.FAILED)));
        Page page = Page.of(SeveralRuns.of(runs).html());
        assertThat(page.texts("h1")).containsExactly("3 runs side by side");
        assertThat(page.texts("td")).contains("run", "run (2)", "run (3)", "failed");
        assertThat(page.text()).contains("In nothing that decides a run: their configurations are the same.");
    }

    @Test
    void a_run_that_cheats_is_not_called_more_than_another() {
        RunReader first = run("first").write(20, Map.of(0, 0.2, 20, 0.4), Optional.of(Ending.FINISHED));
        RunReader second = run("second")
                .instructing((way, number) -> "Say the answer " + number + ".")
                .write(20, Map.of(0, 0.2, 20, 0.9), Optional.of(Ending.FINISHED));
        Page page = Page.of(SeveralRuns.of(List.of(first, second)).html());
        assertThat(page.texts("h1"))
                .containsExactly("Not to be compared: of second, instructions give the answer away.");
        // The rewards of this run go by the sample's number, which a judge that is asked about texts would not.
        assertThat(page.texts("dd")).contains("nothing found", "answer-leak, judge-inconsistent");
    }

    @Test
    void one_run_is_not_compared() {
        RunReader run = run("one").write(5, Map.of(), Optional.of(Ending.FINISHED));
        assertThatThrownBy(() -> SeveralRuns.of(List.of(run)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("runs are compared with each other: at least two are needed, got 1");
    }
}
