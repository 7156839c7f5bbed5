package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerExtractorTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("so 9 * 2 = 18.\n#### 18", "18", Rule.HASHES),
                Arguments.of("#### 1,234", "1,234", Rule.HASHES),
                Arguments.of("#### $18.", "$18", Rule.HASHES),
                Arguments.of("#### 12\nno, wait\n#### 18", "18", Rule.HASHES),
                Arguments.of("####18", "18", Rule.HASHES),
                Arguments.of("#### Step 1\nadd them\n\\boxed{7}", "7", Rule.BOXED),
                Arguments.of("#### 2. Compute\nThe sum is 9", "9", Rule.LAST_NUMBER),
                Arguments.of("#### 1st step: add\nthem\n\\boxed{12}", "12", Rule.BOXED),
                Arguments.of("#### 2: Compute\n\\boxed{12}", "12", Rule.BOXED),
                Arguments.of("The answer is not 5. It is the 7", "7", Rule.LAST_NUMBER),
                Arguments.of("B, C and D are collinear. The area is 12.", "12", Rule.LAST_NUMBER),
                Arguments.of("A, B are points. The area is 12.", "12", Rule.LAST_NUMBER),
                Arguments.of("D, because it is 12", "D", Rule.CHOICE),
                Arguments.of("It is \\boxed{\\frac{1}{2}}.", "\\frac{1}{2}", Rule.BOXED),
                Arguments.of("\\fbox{3}", "3", Rule.BOXED),
                Arguments.of("\\boxed 5", "5", Rule.BOXED),
                Arguments.of("\\boxed{4} or rather. \\boxed{5}", "5", Rule.BOXED),
                Arguments.of("\\boxed{1} and \\boxed{2}", "1, 2", Rule.BOXED),
                Arguments.of("\\boxed{1}, \\boxed{2}, \\boxed{3}", "1, 2, 3", Rule.BOXED),
                Arguments.of("\\boxed{1 of them", "1 of them", Rule.BOXED),
                Arguments.of("<answer>12.5</answer>", "12.5", Rule.ANSWER_TAG),
                Arguments.of("<answer>so \\boxed{3}</answer>", "3", Rule.ANSWER_TAG),
                Arguments.of("<think>the answer is 4</think>The answer is 5.", "5", Rule.ANSWER_PHRASE),
                Arguments.of("the answer is $x = 3$. I hope it is correct.", "$x = 3$", Rule.ANSWER_PHRASE),
                Arguments.of("Final Answer: 42 apples", "42 apples", Rule.ANSWER_PHRASE),
                Arguments.of("**Answer:** 42", "42", Rule.ANSWER_PHRASE),
                Arguments.of("The answer is 18 in 2024.", "18", Rule.ANSWER_PHRASE),
                Arguments.of("Answer: Jane began 3 hours ago", "3", Rule.ANSWER_PHRASE),
                Arguments.of("D. it cannot be A", "D", Rule.CHOICE),
                Arguments.of("I choose option C.", "C", Rule.CHOICE),
                Arguments.of("x^2 + 1", "x^2 + 1", Rule.WHOLE),
                Arguments.of("Hence we get $x > 5$ here", "x > 5", Rule.LAST_MATH),
                Arguments.of("Hence $x$ is 5 units", "5", Rule.LAST_NUMBER),
                Arguments.of("She pays $5 and then $10 more", "$10", Rule.LAST_NUMBER),
                Arguments.of("the range 15-18", "18", Rule.LAST_NUMBER),
                Arguments.of("#### 18\n\nQuestion: and now?\n#### 99", "18", Rule.HASHES),
                Arguments.of("\\boxed{3}<|im_end|><|im_start|>user \\boxed{4}", "3", Rule.BOXED));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void the_chain_finds_the_answer_and_says_by_which_rule(String text, String answer, Rule rule) {
        assertThat(AnswerExtractor.chain().extract(text)).isEqualTo(Extraction.of(answer, rule));
    }

    @Test
    void nothing_is_found_in_nothing() {
        assertThat(AnswerExtractor.chain().extract(null).reason()).isEqualTo("the text is empty");
        assertThat(AnswerExtractor.chain().extract(" \n").reason()).isEqualTo("the text is empty");
        assertThat(AnswerExtractor.chain().extract("<think>it is 4").reason())
                .isEqualTo("the text ends within its thinking");
        assertThat(AnswerExtractor.chain().extract("I do not know").answer()).isEmpty();
    }

    @Test
    void strict_demands_its_form() {
        AnswerExtractor hashes = AnswerExtractor.strict(Rule.HASHES);
        assertThat(hashes.extract("The answer is 18").answer()).isEmpty();
        assertThat(hashes.extract("The answer is 18").reason()).contains("HASHES");
        assertThat(hashes.extract("#### 18").answer()).contains("18");
        assertThat(AnswerExtractor.strict(Rule.BOXED).extract("#### 18").answer())
                .isEmpty();
    }

    @Test
    void a_single_answer_is_refused_to_texts_that_give_several() {
        AnswerExtractor single = AnswerExtractor.chain().singleAnswer();
        assertThat(single.extract("\\boxed{4}. No: \\boxed{5}").reason())
                .contains("4")
                .contains("5");
        assertThat(single.extract("\\boxed{4}.\n#### 5").answer()).isEmpty();
        assertThat(single.extract("\\boxed{0.5}. Again: \\boxed{\\frac12}").answer())
                .contains("\\frac12");
    }

    @Test
    void text_takes_a_tag_or_everything() {
        assertThat(AnswerExtractor.text().extract("<answer>Paris</answer>").answer())
                .contains("Paris");
        assertThat(AnswerExtractor.text()
                        .extract("<think>hm</think> It is Paris ")
                        .answer())
                .contains("It is Paris");
    }

    @Test
    void all_lists_what_any_rule_finds_once() {
        assertThat(AnswerExtractor.chain().all("\\boxed{4}. Then \n#### 5\nis 5"))
                .containsExactly("5", "4");
    }

    @Test
    void gsm8k_prefers_hashes_and_math_prefers_boxes() {
        String both = "\\boxed{1}.\n#### 2";
        assertThat(AnswerExtractor.gsm8k().extract(both).answer()).contains("2");
        assertThat(AnswerExtractor.math().extract(both).answer()).contains("1");
    }

    @Test
    void candidates_are_formulas_and_numbers_with_their_places() {
        String text = "Try $\\frac{1}{2}$, -3 or 1,234.5 but not AZ2B.";
        assertThat(Candidates.in(text))
                .extracting(Candidates.Candidate::text)
                .containsExactly("\\frac{1}{2}", "1", "2", "-3", "1,234.5");
        Candidates.Candidate number = Candidates.in(text).get(4);
        assertThat(text.substring(number.start(), number.end())).isEqualTo("1,234.5");
    }
}
