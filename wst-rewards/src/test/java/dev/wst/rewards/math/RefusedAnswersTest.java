package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Task;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kind: a text that holds the right number and says that it is not the answer, or only near to it. */
class RefusedAnswersTest {

    private static List<Double> values(String gold, String answer) {
        Attempt attempt = Attempt.of(Task.of("t", "?", gold), Instruction.none(), Answer.of(answer));
        return List.of(
                MathReward.gsm8k().score(attempt).value(),
                MathReward.math().score(attempt).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The answer is not 18.",
                "The answer is **not** $18$.",
                "The answer isn\u2019t 18.",
                "The answer cannot be 18.",
                "The answer is definitely not 18.",
                "The answer is unlikely to be 18.",
                "The answer is never 18.",
                "The answer is anything but 18.",
                "The answer is neither 17 nor 18.",
                "The answer is far from 18.",
                "The answer is not\n18",
                "The answer 18 is wrong.",
                "The wrong answer is 18.",
                "#### not 18",
                "Answer: not 18",
                "I don't think that the answer is 18.",
                "It is not true that the answer is 18.",
                "18 is not the answer.",
                "It is not 18.",
                "It is not $18$.",
                "9 * 2 = 18. The answer is not 18.",
                "9 * 2 = 18. It's not 17 or 18.",
            })
    void a_denied_answer_is_not_paid(String answer) {
        assertThat(values("18", answer)).containsExactly(0.0, 0.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The answer is less than 18.",
                "The answer is at least 18.",
                "The answer is greater than or equal to 18.",
                "The answer is between 17 and 18.",
                "The answer is up to $18.",
                "Answer: > 18",
                "Answer: \u2265 18",
                "The answer is $\\ge$ 18.",
                "The answer is 18 or more.",
                "The answer is 18 dollars or more.",
                "The answer is 18+.",
                "#### >= 18",
                "#### more than 18",
                "#### 18 or more",
                "9 * 2 = 18\n#### more than 18",
                "At least 18.",
                "More than $18$."
            })
    void a_bound_is_no_answer(String answer) {
        assertThat(values("18", answer)).containsExactly(0.0, 0.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The answer is half of 18.",
                "The answer is twice 18.",
                "The answer is the square root of 18.",
                "The answer is 18 percent of 50.",
                "The answer is 18% of 50.",
                "The answer is a multiple of 18.",
                "The answer is the sum of 3 and 18.",
                "The answer is 18 times 3.",
                "#### half of 18",
                "#### 3 times 18"
            })
    void what_is_computed_from_a_number_is_not_the_number(String answer) {
        assertThat(values("18", answer)).containsExactly(0.0, 0.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The answer is therefore 18.",
                "The answer is, of course, $18.",
                "The answer is approximately 18.",
                "The answer is equal to $18$.",
                "The answer is x = 18.",
                "The answer is 9 * 2 = $18.",
                "The answer is not 17 but 18.",
                "The answer is not 17, it is 18.",
                "The answer isn't 17; it's 18.",
                "The answer is 18, not 17.",
                "She makes 18, not 17.",
                "It is $18$, not $17$.",
                "The answer is none other than 18.",
                "There is no doubt that the answer is 18.",
                "My previous answer is incorrect: the answer is 18.",
                "The answer is not hard to find. She makes 18 dollars.",
                "The answer is not given, so we compute 9 * 2 = 18.",
                "It is not hard to see that 9 * 2 is 18.",
                "We have x = 18, since x cannot be -3.",
                "Answer: The number of students who do not play is 18.",
                "Answer: Over 5 days she makes $18.",
                "Answer: She must buy at least 18 boxes.",
                "The answer is half of 36, which is 18.",
                "The answer is 13 plus 5, which is 18.",
                "The answer is 36% of 50 = 18.",
                "The answer is a total of 18 dollars.",
                "The answer is 18 more eggs.",
                "Answer:\n> 18",
                "#### x = 18"
            })
    void an_answer_said_in_other_words_is_paid(String answer) {
        assertThat(values("18", answer)).containsExactly(1.0, 1.0);
    }
}
