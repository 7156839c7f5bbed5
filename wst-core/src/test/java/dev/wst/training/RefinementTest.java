package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunReader;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefinementTest extends ResumedRuns {
    private static final Task TASK = Task.of("t", "q");

    /** Attempts with these answers, one after another. */
    private static Rollout last(int sample, double reward, String... answers) {
        Situation situation = Situation.of(TASK, sample);
        for (int i = 0; i < answers.length - 1; i++) {
            situation = situation.after(attempt(situation, answers[i]));
        }
        return new Rollout(attempt(situation, answers[answers.length - 1]), Reward.of(reward));
    }

    private static Attempt attempt(Situation situation, String answer) {
        return new Advice(situation, Instruction.fixed("for " + answer)).answered(Answer.of(answer));
    }

    private static List<String> told(List<Rollout> credited) {
        return credited.stream()
                .map(one ->
                        one.attempt().instruction().text() + ": " + one.reward().value())
                .toList();
    }

    @Test
    void every_instruction_of_a_sample_earns_the_last_answers_reward() {
        List<Rollout> credited = Refinement.rounds(3)
                .credited(List.of(last(0, 0.5, "a", "b", "c"), last(1, 2, "d")), drafts -> {
                    throw new AssertionError("no draft is judged");
                });
        assertThat(told(credited)).containsExactly("for a: 0.5", "for b: 0.5", "for c: 0.5", "for d: 2.0");
    }

    @Test
    void an_instruction_earns_what_came_after_the_draft_that_it_was_to_improve() {
        List<Rollout> credited = Refinement.rounds(3)
                .creditingImprovement()
                .credited(
                        List.of(last(0, 0.5, "1", "3", "c"), last(1, 2, "d")),
                        drafts -> drafts.stream()
                                .map(one -> new Rollout(
                                        one,
                                        Reward.of(
                                                Double.parseDouble(one.answer().text()))))
                                .toList());
        assertThat(told(credited)).containsExactly("for 1: 0.5", "for 3: -0.5", "for c: -2.5", "for d: 2.0");
    }

    @Test
    void an_improvement_on_a_draft_without_a_verdict_is_unknown_and_not_none() {
        List<Rollout> credited = Refinement.rounds(2)
                .creditingImprovement()
                .credited(
                        List.of(last(0, 0.5, "a", "b")),
                        drafts -> drafts.stream()
                                .map(one -> new Rollout(one, Reward.unscored("no verdict")))
                                .toList());
        assertThat(told(credited)).containsExactly("for a: 0.5");
    }

    @Test
    void a_single_round_is_left_as_it_is() {
        List<Rollout> scored = List.of(last(0, 1, "a"));
        assertThat(Refinement.none().credited(scored, drafts -> List.of())).isSameAs(scored);
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> Refinement.rounds(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rounds must be at least 1, got 0");
        assertThatThrownBy(() -> Refinement.none().creditingImprovement())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a single round improves on nothing: give at least 2 rounds, or credit no improvement");
        try (TransformerTeacher teacher = teacher(false)) {
            WstTrainerBuilder several =
                    severalStudents(WstTrainer.builder(), teacher, "grpo").refinement(Refinement.rounds(2));
            assertThatThrownBy(several::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("with several rounds the teacher reads the draft, of which there must be one: give one"
                            + " student and one answer per instruction, or one round");
            WstTrainerBuilder validated = configured(WstTrainer.builder(), teacher, "grpo")
                    .validationStudent("c", student("c"))
                    .refinement(Refinement.rounds(2));
            assertThatThrownBy(validated::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("with several rounds a student of validations would be shown drafts of another: leave"
                            + " validationStudent out, or give one round");
            WstTrainerBuilder reusing = configured(WstTrainer.builder(), teacher, "grpo")
                    .reuse(1)
                    .refinement(Refinement.rounds(2).creditingImprovement());
            assertThatThrownBy(reusing::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the verdicts of drafts are not kept from step to step: leave reuse or"
                            + " creditingImprovement out");
            WstTrainerBuilder redacted = configured(WstTrainer.builder(), teacher, "grpo")
                    .reuse(1)
                    .runDirectory(directory.resolve("redacted"))
                    .redactTexts();
            assertThatThrownBy(redacted::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("what is learned from again is written into the run directory, to outlast the process,"
                            + " and redactTexts keeps texts out of it: leave reuse or redactTexts out");
        }
    }

    private static WstTrainerBuilder refining(
            WstTrainerBuilder begun, TransformerTeacher teacher, String algorithm, boolean improvement) {
        Refinement rounds = Refinement.rounds(2);
        return configured(begun, teacher, algorithm)
                .refinement(improvement ? rounds.creditingImprovement() : rounds)
                .steps(4);
    }

    @ParameterizedTest
    @CsvSource({"ppo, false", "grpo, false", "grpo, true"})
    void a_run_in_rounds_goes_on_as_if_it_never_stopped(String algorithm, boolean improvement) throws IOException {
        assertGoesOn((begun, teacher) -> refining(begun, teacher, algorithm, improvement), List.of("in step 3"));
        List<RecordedRollout> all = RunReader.open(directory.resolve("run")).rollouts();
        assertThat(all)
                .isNotEmpty()
                .allSatisfy(
                        one -> assertThat(one.rollout().attempt().situation().earlier())
                                .hasSize(1));
    }

    @Test
    void all_calls_of_all_rounds_are_estimated() {
        try (TransformerTeacher teacher = teacher(false)) {
            long single = configured(WstTrainer.builder(), teacher, "grpo")
                    .build()
                    .estimate()
                    .calls();
            long refined = configured(WstTrainer.builder(), teacher, "grpo")
                    .refinement(Refinement.rounds(3))
                    .build()
                    .estimate()
                    .calls();
            // The first question is asked once.
            assertThat(refined - 1).isEqualTo(3 * (single - 1));
        }
    }
}
