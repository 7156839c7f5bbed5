package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Task;
import dev.wst.diagnosis.Diagnosis;
import dev.wst.diagnosis.Diagnosis.Finding;
import dev.wst.diagnosis.RunWatch;
import dev.wst.diagnosis.Symptom;
import dev.wst.evaluation.Comparison;
import dev.wst.metrics.KeptComparison;
import dev.wst.metrics.RunReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Symptoms are logged while a run is under way, and found again in its directory. */
class DiagnosedRunTest {
    @TempDir
    Path directory;

    private final RunWatch watch = RunWatch.telling(finding -> {});

    private WstTrainerBuilder trainer() {
        return Fixtures.trainer(new Fixtures.TableTeacher(), directory.resolve("run"))
                .student(advice -> Answer.of(
                        advice.instruction().text() + " " + advice.task().id()))
                .listener(watch)
                .steps(12);
    }

    private Diagnosis read() {
        return Diagnosis.of(RunReader.open(directory.resolve("run")));
    }

    private static String logged(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_run_without_signal_is_warned_of_once_and_found_afterwards() {
        WstTrainer trainer = trainer().reward(attempt -> Reward.of(0)).build();
        String log = logged(trainer::fit);
        assertThat(log.lines().filter(line -> line.contains("no-signal, steps 1 to 10")))
                .hasSize(1);
        assertThat(read()).isEqualTo(watch.diagnosis());
        assertThat(read().standing())
                .extracting(Finding::symptom, Finding::from, Finding::to)
                .containsExactly(tuple(Symptom.NO_SIGNAL, 1, 12));
        assertThat(read().severity()).contains(Symptom.Severity.NO_LEARNING);
    }

    @Test
    void a_redacted_run_shows_what_numbers_tell() {
        trainer().reward(attempt -> Reward.of(0)).redactTexts().build().fit();
        assertThat(read().standing()).extracting(Finding::symptom).containsExactly(Symptom.NO_SIGNAL);
    }

    @Test
    void a_run_that_learns_shows_nothing() {
        WstTrainer trainer = trainer()
                .validation(Fixtures.tasks(40).subList(10, 40))
                .reward(attempt -> Reward.of(
                        attempt.answer()
                                        .text()
                                        .startsWith("word"
                                                + attempt.task().reference().orElseThrow())
                                ? 1
                                : 0))
                .steps(60)
                .build();
        assertThat(logged(trainer::fit)).doesNotContain("What to do");
        assertThat(read().findings()).isEmpty();
        List<Rollout> fixed = new ArrayList<>();
        List<Rollout> taught = new ArrayList<>();
        for (Task task : Fixtures.tasks(20)) {
            fixed.add(new Rollout(attempt(task, "Always."), Reward.of(1)));
            taught.add(new Rollout(
                    attempt(task, task.id()),
                    Reward.of(Integer.parseInt(task.reference().orElseThrow()))));
        }
        Comparison comparison = new Comparison(
                List.of(new Comparison.Result("trained", taught), new Comparison.Result("always", fixed)));
        new KeptComparison(comparison, "trained", Optional.empty()).write(directory.resolve("run"));
        assertThat(read().standing())
                .extracting(Finding::symptom, Finding::evidence, Finding::examples)
                .containsExactly(tuple(
                        Symptom.TEACHER_TOO_WEAK,
                        "trained minus always, on 20 questions: -0.500 [-0.701, -0.258]",
                        List.of("Always.")));
        assertThat(new Diagnosis(List.of(), 60, Optional.empty())
                        .with(new KeptComparison(comparison, "always", Optional.empty()))
                        .findings())
                .isEmpty();
        assertThat(new Diagnosis(List.of(), 60, Optional.empty())
                        .with(new KeptComparison(comparison, "trained", Optional.of("always")))
                        .findings())
                .isEmpty();
    }

    private static Attempt attempt(Task task, String text) {
        return Advice.of(task, Instruction.fixed(text)).answered(Answer.of("this"));
    }
}
