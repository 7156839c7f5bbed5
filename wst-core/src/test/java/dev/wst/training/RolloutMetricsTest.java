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
}
