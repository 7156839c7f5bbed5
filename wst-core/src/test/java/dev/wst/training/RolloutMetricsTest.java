package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RolloutMetricsTest {

    private static Rollout rollout(String id, Reward reward) {
        return new Rollout(Attempt.of(Task.of(id, "question"), Instruction.fixed("i"), Answer.of("a")), reward);
    }

    @Test
    void what_was_measured_of_an_unscored_rollout_counts_and_its_reward_does_not() {
        Map<String, Double> metrics = RolloutMetrics.of(List.of(
                rollout("a", Reward.of(1, Map.of("guard_leak", 0.0, "own", 0.5))),
                rollout("b", Reward.unscored("leak: 42", Map.of("guard_leak", 1.0)))));
        assertThat(metrics)
                .containsEntry("rewards/guard_leak/mean", 0.5)
                .containsEntry("rewards/own/mean", 0.5)
                .containsEntry("reward", 1.0)
                .containsEntry("rollouts/unscored", 1.0);
    }

    @Test
    void a_step_without_any_verdict_still_says_what_was_measured() {
        Map<String, Double> metrics =
                RolloutMetrics.of(List.of(rollout("b", Reward.unscored("leak: 42", Map.of("guard_leak", 1.0)))));
        assertThat(metrics).containsEntry("rewards/guard_leak/mean", 1.0).doesNotContainKey("reward");
    }

    @Test
    void a_part_that_is_no_number_is_refused_without_a_verdict_too() {
        assertThatThrownBy(() -> Reward.unscored("leak", Map.of("guard_leak", Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("guard_leak");
    }

    private static Rollout written(String id, int tokens, Instruction.Ending ending, Answer answer, Reward reward) {
        Instruction instruction = Instruction.sampled("i", new int[tokens], new double[tokens], ending);
        return new Rollout(Attempt.of(Task.of(id, "question"), instruction, answer), reward);
    }

    @Test
    void rewards_are_told_over_the_scored_ones_and_groups_by_task() {
        Map<String, Double> metrics = RolloutMetrics.of(List.of(
                rollout("a", Reward.of(1)),
                rollout("a", Reward.of(3)),
                rollout("b", Reward.of(5)),
                rollout("b", Reward.of(5)),
                rollout("c", Reward.of(6)),
                rollout("c", Reward.unscored("none")),
                rollout("d", Reward.unscored("none"))));
        assertThat(metrics)
                .containsEntry("rollouts/unscored", 2.0)
                .containsEntry("rollouts/failed_answers", 0.0)
                .containsEntry("reward", 4.0)
                .containsEntry("reward_std", 2.0)
                .containsEntry("frac_reward_zero_std", 2 / 3.0)
                .containsEntry("rewards/reward/mean", 4.0)
                .containsEntry("rewards/reward/std", 2.0);
    }

    @Test
    void rewards_and_lengths_are_those_of_instructions_and_what_is_missing_is_counted_by_answers() {
        Instruction instruction = Instruction.sampled("i", new int[2], new double[2], Instruction.Ending.STOP);
        Attempt attempt = Attempt.of(Task.of("a", "question"), instruction, Answer.of("a"));
        Answer late = Answer.failed(Answer.FailureKind.TIMEOUT, "late");
        Map<String, Double> metrics = RolloutMetrics.of(List.of(
                new Rollout(attempt.from(Optional.empty(), OptionalInt.of(0)), Reward.of(1, Map.of("match", 1.0))),
                new Rollout(attempt.from(Optional.empty(), OptionalInt.of(1)), Reward.of(0, Map.of("match", 0.0))),
                new Rollout(
                        attempt.advice().answered(late).from(Optional.empty(), OptionalInt.of(2)),
                        Reward.unscored("late")),
                written("b", 4, Instruction.Ending.STOP, Answer.of("a"), Reward.of(1, Map.of("match", 1.0)))));
        assertThat(metrics)
                .containsEntry("reward", 0.75)
                .containsEntry("rollouts/unscored", 1.0)
                .containsEntry("rollouts/failed_answers", 1.0)
                .containsEntry("rollouts/failed_answers/timeout", 1.0)
                .containsEntry("rewards/match/mean", 2 / 3.0)
                .containsEntry("completions/mean_length", 3.0)
                .containsEntry("val/num_eos_tokens", 2.0);
    }

    @Test
    void parts_stand_in_for_a_reward_that_is_made_of_them() {
        Map<String, Double> metrics = RolloutMetrics.of(List.of(
                rollout("a", Reward.of(9, Map.of("length", 1.0, "match", 0.0))),
                rollout("b", Reward.of(9, Map.of("length", 4.0, "match", 2.0)))));
        assertThat(metrics)
                .containsEntry("rewards/length/mean", 2.5)
                .containsEntry("rewards/length/std", Math.sqrt(4.5))
                .containsEntry("rewards/match/mean", 1.0)
                .containsEntry("rewards/match/std", Math.sqrt(2))
                .doesNotContainKey("rewards/reward/mean");
    }

    @Test
    void failed_answers_are_counted_by_kind() {
        Answer late = Answer.failed(Answer.FailureKind.TIMEOUT, "late");
        Answer limited = Answer.failed(Answer.FailureKind.RATE_LIMIT, "429");
        Reward none = Reward.unscored("no answer");
        Instruction.Ending stop = Instruction.Ending.STOP;
        Map<String, Double> metrics = RolloutMetrics.of(List.of(
                written("a", 1, stop, late, none),
                written("b", 1, stop, limited, none),
                written("c", 1, stop, late, none),
                written("d", 1, stop, Answer.of("a"), Reward.of(1))));
        assertThat(metrics)
                .containsEntry("rollouts/failed_answers", 3.0)
                .containsEntry("rollouts/failed_answers/rate_limit", 1.0)
                .containsEntry("rollouts/failed_answers/timeout", 2.0)
                .containsEntry("reward_std", 0.0);
    }

    @Test
    void lengths_are_those_of_instructions_and_apart_of_those_that_ended_by_themselves() {
        Answer answer = Answer.of("a");
        Reward one = Reward.of(1);
        Map<String, Double> metrics = RolloutMetrics.of(List.of(
                written("a", 2, Instruction.Ending.STOP, answer, one),
                written("b", 3, Instruction.Ending.STOP, answer, one),
                written("c", 10, Instruction.Ending.LENGTH, answer, one),
                written("d", 1, Instruction.Ending.LENGTH, answer, one)));
        assertThat(metrics)
                .containsEntry("completions/mean_length", 4.0)
                .containsEntry("completions/min_length", 1.0)
                .containsEntry("completions/max_length", 10.0)
                .containsEntry("completions/mean_terminated_length", 2.5)
                .containsEntry("completions/min_terminated_length", 2.0)
                .containsEntry("completions/max_terminated_length", 3.0)
                .containsEntry("completions/clipped_ratio", 0.5)
                .containsEntry("val/num_eos_tokens", 2.0);
        assertThat(RolloutMetrics.of(List.of(written("a", 2, Instruction.Ending.LENGTH, answer, one))))
                .containsEntry("completions/clipped_ratio", 1.0)
                .containsEntry("val/num_eos_tokens", 0.0)
                .doesNotContainKey("completions/mean_terminated_length");
    }
}
