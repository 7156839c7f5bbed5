package dev.wst.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.wst.Validation;
import dev.wst.metrics.RunDescription;
import dev.wst.metrics.RunDirectory;
import dev.wst.metrics.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedRunTest {
    private static final RunDescription DESCRIPTION = new RunDescription(Map.of(), Map.of());
    private static final Task TRAINED = Task.of("t", "question");
    private static final Task ASKED = Task.of("v", "another question");
    private static final List<Task> OF_THREE =
            List.of(Task.of("v0", "question 0"), Task.of("v1", "question 1"), Task.of("v2", "question 2"));

    @TempDir
    private Path directory;

    private static Rollout rollout(Situation situation, double reward) {
        return new Rollout(
                new Advice(situation, Instruction.fixed("Do it.")).answered(Answer.of("answer")), Reward.of(reward));
    }

    private static Validation validation(int step, double reward) {
        return new Validation(step, List.of(rollout(Situation.of(ASKED, 0), reward)), List.of());
    }

    /** Of three questions the last ones have no verdict. */
    private static Validation partly(int step, double... rewards) {
        List<Rollout> rollouts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Attempt attempt = new Advice(Situation.of(OF_THREE.get(i), 0), Instruction.none()).answered(Answer.of("a"));
            rollouts.add(new Rollout(
                    attempt, i < rewards.length ? Reward.of(rewards[i]) : Reward.unscored("the judge is away")));
        }
        return new Validation(step, rollouts, List.of());
    }

    /** Validations of 0, 0.5 and 0.75 after 0, 1 and 2 steps, each with two instructions, the second after a draft. */
    private SeedRun written() {
        return written(validation(0, 0), validation(1, 0.5), validation(2, 0.75));
    }

    private SeedRun written(Validation... validations) {
        Path run = directory.resolve("seed-1");
        List<Task> asked = new ArrayList<>(OF_THREE);
        asked.add(ASKED);
        Situation fresh = Situation.of(TRAINED, 0);
        Attempt draft = new Advice(fresh, Instruction.fixed("Try.")).answered(Answer.of("draft"));
        try (RunDirectory files =
                RunDirectory.create(run, DESCRIPTION, List.of(TRAINED), asked, RunDirectory.Detail.TEXTS)) {
            List<RunReport.Mean> means = new ArrayList<>();
            for (Validation one : validations) {
                if (one.step() > 0) {
                    files.write(
                            new StepMetrics(one.step(), Map.of("reward", 1.0)),
                            List.of(rollout(fresh, 1), rollout(fresh.after(draft), 1)));
                }
                files.write(one);
                means.add(RunReport.Mean.of(one));
            }
            files.writeReport(new RunReport(
                    DESCRIPTION,
                    Map.of(),
                    2,
                    Ending.FINISHED,
                    Optional.empty(),
                    means,
                    Map.of("reward", 1.0),
                    Optional.empty(),
                    List.of()));
        }
        return new SeedRun(run);
    }

    @Test
    void answers_and_drafts_of_training_are_counted_until_the_first_validation_that_shows_as_much() {
        SeedRun run = written();
        assertThat(run.numbers(Optional.of(0.5)))
                .containsEntry("validation before training", 0.0)
                .containsEntry("last validation", 0.75)
                .containsEntry("student calls of training until a validation showed 0.5", 3.0);
        assertThat(run.numbers(Optional.of(0.6)))
                .containsEntry("student calls of training until a validation showed 0.6", 6.0);
        assertThat(run.numbers(Optional.of(0.8))).containsOnlyKeys("validation before training", "last validation");
        assertThat(run.numbers(Optional.empty())).containsOnlyKeys("validation before training", "last validation");
    }

    @Test
    void a_validation_that_hardly_any_question_had_a_verdict_in_shows_nothing() {
        SeedRun run = written(partly(0, 0, 0, 0), partly(1, 1), partly(2, 1, 0, 1));
        assertThat(run.numbers(Optional.of(0.6)))
                .containsEntry("student calls of training until a validation showed 0.6", 6.0);
        assertThat(run.numbers(Optional.of(0.9))).containsOnlyKeys("validation before training", "last validation");
    }
}
