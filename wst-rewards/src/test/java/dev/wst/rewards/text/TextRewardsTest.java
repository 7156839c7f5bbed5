package dev.wst.rewards.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextRewardsTest {

    private static Reward score(RewardFunction reward, String instruction, String answer, String reference) {
        return reward.score(Attempt.at(Task.of("t", "question", reference), 0)
                .with(new Turn(Instruction.fixed(instruction), Answer.of(answer))));
    }

    @ParameterizedTest
    @CsvSource({
        "Paris,             paris, 1, 1",
        "'  New   York\n',  new york, 1, 1",
        "It is Paris.,      Paris, 0, 1",
        "London,            Paris, 0, 0",
    })
    void a_match_is_exact_or_contained(String answer, String reference, double exact, double contained) {
        assertThat(score(MatchReward.exact(), "i", answer, reference).value()).isEqualTo(exact);
        assertThat(score(MatchReward.contained(), "i", answer, reference).value())
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource({
        "Judge the tone.,                 Positive!,             1, 0, 1",
        "Say positive or negative.,       It is positive.,       1, 0, 1",
        "Judge the tone.,                 negative,              0, 0, 0",
        "Judge the tone.,                 positive or negative,  0, 0, 0",
        "Judge the tone.,                 good,                  0, 0, 0",
        "It's POSITIVE.,                  positive,              0, 1, 1",
        "Don't be so negative.,           positive,              0, 1, 1",
    })
    void a_label_counts_alone_and_not_where_the_teacher_named_it(
            String instruction, String answer, double value, double named, double right) {
        Reward reward = score(LabelReward.of("positive", "Negative"), instruction, answer, "Positive");
        assertThat(reward.value()).isEqualTo(value);
        assertThat(reward.parts()).containsEntry("names_one_label", named).containsEntry("right", right);
    }

    @Test
    void rewards_that_compare_need_something_to_compare_with() {
        Attempt attempt =
                Attempt.at(Task.of("t7", "question"), 0).with(new Turn(Instruction.none(), Answer.of("answer")));
        assertThatThrownBy(() -> MatchReward.exact().score(attempt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task t7 has no reference");
        assertThatThrownBy(() -> score(LabelReward.of("yes", "no"), "", "yes", "maybe"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none of [yes, no]: maybe");
    }

    @Test
    void labels_must_be_told_apart() {
        assertThatThrownBy(() -> LabelReward.of("yes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least two");
        assertThatThrownBy(() -> LabelReward.of("yes", " YES"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be different");
        assertThatThrownBy(() -> LabelReward.of("likely", "unlikely"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unlikely contains the label likely");
    }

    @Test
    void a_marker_leaves_what_the_student_says_last() {
        MatchReward reward = MatchReward.exact().after("Answer:");
        assertThat(score(reward, "i", "Answer: 3? No. Answer: 42", "42").value())
                .isEqualTo(1);
        assertThat(score(reward, "i", "Answer: 42. Answer: 3", "42").value()).isZero();
        assertThat(score(reward, "i", "42", "42").value()).isZero();
        assertThatThrownBy(() -> MatchReward.exact().after(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("marker");
    }
}
