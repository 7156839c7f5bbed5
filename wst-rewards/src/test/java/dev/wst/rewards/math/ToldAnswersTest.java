package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Task;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kind: a right answer with words around it, in a tag or box, before an aside, or made of several numbers. */
class ToldAnswersTest {

    private static double value(MathReward reward, String gold, String answer) {
        return reward.score(Attempt.of(Task.of("t", "?", gold), Instruction.none(), Answer.of(answer)))
                .value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<answer>The answer is 18</answer>",
                "<answer>She makes $18 every day.</answer>",
                "<answer>18\nbecause 9 * 2 = 18</answer>",
                "<answer>#### 18</answer>",
                "\\boxed{\\text{The answer is }18}",
                "\\boxed{\\text{The answer is 18}}"
            })
    void a_sentence_in_a_tag_or_box_is_taken_for_what_it_says(String answer) {
        assertThat(value(MathReward.gsm8k(), "18", answer)).isEqualTo(1);
        assertThat(value(MathReward.math(), "18", answer)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<answer>not 18</answer>",
                "<answer>It is not 18.</answer>",
                "<answer>The answer is not 18</answer>",
                "<answer>at least 18</answer>",
                "<answer>17, 18</answer>",
                "<answer>17 eggs or 18 eggs</answer>",
                "<answer>18 cm by 5 cm</answer>",
                "<answer>18 was my first guess</answer>",
                "\\boxed{\\text{The answer is not }18}",
                "\\boxed{\\text{at least }18}"
            })
    void a_tag_or_box_that_says_something_else_is_not_paid(String answer) {
        assertThat(value(MathReward.gsm8k(), "18", answer)).isZero();
        assertThat(value(MathReward.math(), "18", answer)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The total is $18 (rounded to 2 decimal places).",
                "She makes $18 (9 eggs x $2).",
                "She makes 18 dollars (see step 3).",
                "She earns 18 dollars [2].",
                "The total is $18$ (that is $9 \\cdot 2$).",
                "18\n\n(Confidence: 95%)",
                "She makes 9 times (4 - 2) = (18)",
                "She makes twice 9 (9 * 2 = 18)"
            })
    void an_aside_in_brackets_leaves_the_number_before_it(String answer) {
        assertThat(value(MathReward.gsm8k(), "18", answer)).isEqualTo(1);
        assertThat(value(MathReward.math(), "18", answer)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2, 3;3;The solutions are 2 and 3.",
                "1, 2, 3;3;The roots are 1, 2, and 3.",
                "(0,1);1;The point is (0, 1).",
                "(0,1);1;The answer is the point (0, 1).",
                "[0,1];1;The answer is the interval [0, 1].",
                "(0,-1);-1;So the vertex is (0, -1)."
            })
    void numbers_that_are_one_answer_together_are_taken_together(String gold, String last, String answer) {
        assertThat(value(MathReward.math(), gold, answer)).isEqualTo(1);
        assertThat(value(MathReward.math(), last, answer)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"f(1, 2) = 18", "There are 2 boys and 3 girls and 18 cats.", "1 and 18"})
    void numbers_that_only_stand_together_are_not(String answer) {
        assertThat(value(MathReward.gsm8k(), "18", answer)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\boxed{\\textcolor{red}{18}}",
                "\\boxed{\\large 18}",
                "\\boxed{\\pounds 18}",
                "$$x = 18 \\tag{1}$$"
            })
    void latex_that_only_styles_is_passed_over(String answer) {
        assertThat(value(MathReward.math(), "18", answer)).isEqualTo(1);
        assertThat(value(MathReward.math(), "1", answer)).isZero();
    }
}
