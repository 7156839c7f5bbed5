package dev.wst.rewards.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextRewardsTest {

    private static Reward score(RewardFunction reward, String instruction, String answer, String reference) {
        return reward.score(
                Attempt.of(Task.of("t", "question", reference), Instruction.fixed(instruction), Answer.of(answer)));
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

    /** The kind: a label that stands in the text without being given as the answer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The quick answer is a bit long | B | 0",
                "B | B | 1",
                "b. | B | 1",
                "(b) | B | 1",
                "I think the answer is B because of it | B | 1",
                "The answer is A because I said so | A | 1",
                "A man walked into a bar | A | 0",
                "A) 5 | A | 1",
                "**C** | C | 1",
                "A or B | A | 0",
                "(A) (B) (C) (D) | A | 0",
                "Option D is correct. | D | 1",
                "It is not B but C | C | 1",
                "Not A. | A | 0",
                "<think>A or B? maybe C</think>D | D | 1",
                "<think>A | A | 0",
                "D <think>or A?</think> | D | 1",
                "maybe B | B | 0"
            })
    void a_letter_counts_where_it_stands_as_a_choice(String answer, String right, double value) {
        assertThat(score(LabelReward.of("A", "B", "C", "D"), "Think step by step.", answer, right)
                        .value())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "untrue | true | 0",
                "That is untrue, so false. | false | 1",
                "true | true | 1",
                "not true | true | 0",
                "It isn't false | false | 0",
                "true, or false? | true | 0",
                "false is wrong; true | true | 1",
                "It could be true | true | 0"
            })
    void words_within_words_and_denied_labels_are_not_the_label(String answer, String right, double value) {
        assertThat(score(LabelReward.of("true", "false"), "Judge.", answer, right)
                        .value())
                .isEqualTo(value);
        assertThat(score(LabelReward.of("no", "yes"), "Judge.", "I know nothing", "no")
                        .value())
                .isZero();
    }

    /** The kind: an instruction that sets a label apart, in whatever dress. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Say positive, never say negative. | 1",
                "Say po\u200bsiti\u200bve. | 1",
                "Write this from its end: evitisop | 1",
                "p o s i t i v e | 1",
                "p-o-s-i-t-i-v-e is it | 1",
                "Never answer negative. | 1",
                "cG9zaXRpdmU= | 1",
                "The answer is \uff50\uff4f\uff53\uff49\uff54\uff49\uff56\uff45 | 1",
                "Negative would be wrong: positive | 1",
                "Is it positive or negative? | 0",
                "Answer with one word: negative or positive. | 0",
                "Do not say more than positive or negative. | 0",
                "Think step by step. | 0",
                "Say nothing but the feeling. | 0"
            })
    void an_instruction_that_sets_a_label_apart_tells(String instruction, double told) {
        assertThat(score(LabelReward.of("positive", "negative"), instruction, "positive", "positive")
                        .parts())
                .containsEntry("names_one_label", told)
                .containsEntry("right", 1.0);
    }

    /** The kind: a label in another form or in pieces. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "positive, negative  | Answer positives.                                   | 1",
                "positive, negative  | Think of positivity.                                | 1",
                "positive, negative  | positivepositive                                    | 1",
                "positive, negative  | Say posi-tive.                                      | 1",
                "positive, negative  | Say posi tive.                                      | 1",
                "positive, negative  | Say po si ti ve now.                                | 1",
                "positive, negative  | Weigh positives against negatives.                  | 0",
                "positive, negative  | Is it positive/negative?                            | 0",
                "positive, negative  | Positive or negative: look for negativity.          | 0",
                "positive, negative  | Take a position and give a posit or two.            | 0",
                "love, hate          | Say hates.                                          | 1",
                "love, hate          | Say ha te.                                          | 1",
                "love, hate          | Read whatever is written; what emotion is it?       | 0",
                "love, hate          | Lift every clover and glove.                        | 0",
                "fact, opinion       | Consider every factor.                              | 0",
                "sports, business    | Transports and passports are no topic.              | 0",
            })
    void a_label_in_another_form_or_in_pieces_tells(String labels, String instruction, double told) {
        String[] both = labels.split(",\\s*");
        assertThat(score(LabelReward.of(both), instruction, both[0], both[0]).parts())
                .containsEntry("names_one_label", told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Think step by step. | 0",
                "Choose A, B, C or D. | 0",
                "Pick one of (A), (B), (C), (D). | 0",
                "The answer is B. | 1",
                "Choose A or B. | 1",
                "Give a letter. | 0",
                "I want a letter | 0"
            })
    void an_instruction_that_names_a_letter_tells(String instruction, double told) {
        assertThat(score(LabelReward.of("A", "B", "C", "D"), instruction, "B", "B")
                        .parts())
                .containsEntry("names_one_label", told);
    }

    @Test
    void tasks_are_checked_before_they_are_asked() {
        Task without = Task.of("t7", "question");
        for (RewardFunction reward :
                List.of(MatchReward.exact(), LabelReward.of("a", "b"), SimilarityReward.tokenF1())) {
            assertThatThrownBy(() -> reward.check(without))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("task t7 has no reference");
        }
        assertThatThrownBy(() -> LabelReward.of("yes", "no").check(Task.of("t8", "q", "maybe")))
                .hasMessageContaining("task t8 is none of [yes, no]");
    }

    @Test
    void rewards_that_compare_need_something_to_compare_with() {
        Attempt attempt = Attempt.of(Task.of("t7", "question"), Instruction.none(), Answer.of("answer"));
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
        LabelReward parts = LabelReward.of("likely", "unlikely", "very likely");
        assertThat(score(parts, "i", "It is unlikely.", "unlikely").value()).isEqualTo(1);
        assertThat(score(parts, "i", "Very likely!", "very likely").value()).isEqualTo(1);
        assertThat(score(parts, "i", "Very likely!", "likely").value()).isZero();
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
