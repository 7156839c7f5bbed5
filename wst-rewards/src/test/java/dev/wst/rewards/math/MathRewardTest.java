package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Task;
import dev.wst.Turn;
import org.junit.jupiter.api.Test;

class MathRewardTest {

    private static Attempt attempt(Task task, String answer) {
        return Attempt.at(task, 0).with(new Turn(Instruction.none(), Answer.of(answer)));
    }

    private static Reward score(MathReward reward, String gold, String answer) {
        return reward.score(attempt(Task.of("t", "?", gold), answer));
    }

    @Test
    void a_right_answer_scores_one_and_the_parts_name_the_rule() {
        Reward reward = score(MathReward.gsm8k(), "1,234", "so\n#### 1234");
        assertThat(reward.value()).isEqualTo(1);
        assertThat(reward.parts()).containsEntry("extracted", 1.0).containsEntry("rule_hashes", 1.0);
        assertThat(reward.parts()).containsEntry("rule_boxed", 0.0);
    }

    @Test
    void a_wrong_answer_scores_zero() {
        assertThat(score(MathReward.math(), "\\frac{1}{2}", "\\boxed{0.6}").value())
                .isZero();
        assertThat(score(MathReward.math(), "\\frac{1}{2}", "\\boxed{0.5}").value())
                .isEqualTo(1);
    }

    @Test
    void no_answer_is_a_zero_that_is_told_apart() {
        Reward reward = score(MathReward.math(), "7", "I do not know");
        assertThat(reward.value()).isZero();
        assertThat(reward.parts()).containsEntry("extracted", 0.0);
    }

    @Test
    void nothing_found_never_equals_nothing_found() {
        assertThat(score(MathReward.math(), " ", "I do not know").isScored()).isFalse();
        assertThat(score(MathReward.math(), "I do not know", "Nor do I").value())
                .isZero();
    }

    @Test
    void an_undecided_comparison_is_not_scored() {
        Reward reward = score(MathReward.math(), "5", "\\boxed{9^{9^{9^9}}}");
        assertThat(reward.isScored()).isFalse();
        assertThat(reward.reason()).contains("not decided");
    }

    @Test
    void the_reference_may_be_a_whole_solution() {
        assertThat(score(MathReward.gsm8k(), "2 + 2 = <<2+2=4>>4\n#### 4", "#### 4")
                        .value())
                .isEqualTo(1);
        assertThat(score(MathReward.math(), "Thus $x$ is $\\boxed{3}$.", "$3$").value())
                .isEqualTo(1);
    }

    @Test
    void extractor_and_equivalence_can_be_replaced() {
        MathReward strict = MathReward.math().withExtractor(AnswerExtractor.strict(Rule.BOXED));
        assertThat(score(strict, "7", "The answer is 7").value()).isZero();
        MathReward units =
                MathReward.math().withEquivalence(Equivalence.standard().withUnits(UnitPolicy.REQUIRED));
        assertThat(score(units, "7 cm", "\\boxed{7}").value()).isZero();
    }

    @Test
    void a_task_without_reference_is_a_mistake_that_names_it() {
        assertThatThrownBy(() -> MathReward.math().score(attempt(Task.of("t-9", "?"), "7")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("t-9");
    }
}
