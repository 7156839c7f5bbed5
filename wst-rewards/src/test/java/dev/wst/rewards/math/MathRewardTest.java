package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Task;
import dev.wst.rewards.math.comparing.UnitPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MathRewardTest {

    private static Attempt attempt(Task task, String answer) {
        return Attempt.of(task, Instruction.none(), Answer.of(answer));
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

    /** Unscored attempts leave the batch, so that an unreadable answer must cost as much as a wrong one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9^{9^{9^9}}",
                "(1, 9^{9^{9^9}})",
                "\\arcsin(2 + \\sin 1)",
                "x = 9^{9^{9^9}}",
                "100000!",
                "TOO_LONG",
                "TOO_DEEP"
            })
    void an_answer_beyond_all_bounds_is_wrong_and_told_apart(String answer) {
        String written = answer.equals("TOO_LONG")
                ? "1+".repeat(8000) + "1"
                : answer.equals("TOO_DEEP") ? "(".repeat(100) + "5" + ")".repeat(100) : answer;
        for (String gold : new String[] {"1 + \\sin 1", "(1, \\sin 1)"}) {
            Reward reward = score(MathReward.math(), gold, "\\boxed{" + written + "}");
            assertThat(reward.value()).isZero();
        }
        Reward reward = score(
                MathReward.math(), written.startsWith("(1") ? "(1, \\sin 1)" : "\\sin 1", "\\boxed{" + written + "}");
        assertThat(reward.value()).isZero();
        assertThat(reward.parts()).containsEntry("extracted", 1.0).containsEntry("candidate_unreadable", 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9^{9^{9^9}}", "(1, 9^{9^{9^9}})", "\\begin{cases} x \\\\ 0 \\end{cases}"})
    void a_reference_beyond_all_bounds_is_nobodys_fault(String gold) {
        String other = gold.startsWith("(") ? "(1, 5)" : "5";
        assertThat(score(MathReward.math(), gold, "\\boxed{" + other + "}").isScored())
                .isFalse();
        assertThat(score(MathReward.math(), gold, "\\boxed{" + other.replace("5", "8^{8^{8^8}}") + "}")
                        .isScored())
                .isFalse();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The answer is 5!",
                "**Answer: 5!**",
                "#### 5!",
                "The final answer is $5$!",
                "The final answer is \\(5\\)!",
                "Answer: 5!!!",
                "The answer is $5!"
            })
    void a_number_said_loudly_is_the_number(String answer) {
        assertThat(score(MathReward.gsm8k(), "5", answer).value()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The answer is $5!$.",
                "The answer is \\(5!\\)",
                "The answer is 5! = 120.",
                "\\boxed{5!}",
                "5!",
                "The answer is 0! * 5!"
            })
    void a_factorial_in_a_formula_is_one(String answer) {
        assertThat(score(MathReward.math(), "120", answer).value()).isEqualTo(1);
        assertThat(score(MathReward.math(), "5", answer).value()).isZero();
    }

    @Test
    void a_task_without_reference_is_a_mistake_that_names_it() {
        assertThatThrownBy(() -> MathReward.math().score(attempt(Task.of("t-9", "?"), "7")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("t-9");
    }
}
