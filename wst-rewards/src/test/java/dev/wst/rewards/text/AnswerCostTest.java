package dev.wst.rewards.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Task;
import dev.wst.calls.Verdicts;
import dev.wst.rewards.Rewards;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCostTest {
    private static Attempt attempt(OptionalInt tokens) {
        return Attempt.of(
                Task.of("t", "What is 6 times 7?"),
                Instruction.fixed("Multiply."),
                Answer.of("42", Answer.Finish.STOP, OptionalInt.of(1_000), tokens));
    }

    @Test
    void every_token_that_the_student_wrote_costs_the_penalty() {
        assertThat(AnswerCost.perToken(0.25).score(attempt(OptionalInt.of(30))))
                .isEqualTo(Reward.of(-7.5, Map.of("tokens", 30.0)));
    }

    @Test
    void an_answer_that_nobody_counted_is_not_free() {
        Reward cost = AnswerCost.perToken(0.25).score(attempt(OptionalInt.empty()));
        assertThat(cost.reason()).isEqualTo("the student did not report how many tokens its answer has");
        Reward sum = Verdicts.of(
                        Rewards.sum().add("right", one -> Reward.of(1)).add("cost", AnswerCost.perToken(0.25)),
                        List.of(attempt(OptionalInt.empty())))
                .join()
                .get(0);
        assertThat(sum.isScored()).isFalse();
    }

    @Test
    void of_two_right_answers_the_shorter_is_worth_more() {
        var reward = Rewards.sum().add("right", one -> Reward.of(1)).add("cost", AnswerCost.perToken(0.001));
        List<Reward> both = Verdicts.of(reward, List.of(attempt(OptionalInt.of(100)), attempt(OptionalInt.of(20))))
                .join();
        assertThat(both).extracting(Reward::value).containsExactly(0.9, 0.98);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void a_penalty_that_is_none_is_refused(double penalty) {
        assertThatThrownBy(() -> AnswerCost.perToken(penalty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the penalty for a token must be a positive number, got " + penalty);
    }
}
