package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four times the text is four times the work, counted in characters read or in characters handed on. */
class GrowthTest {
    private static final int SHORT = 500;
    private static final int LONG = 4 * SHORT;

    private interface Search {
        void in(CharSequence text);
    }

    private static long reads(Search search, String text) {
        CountedText counted = new CountedText(text);
        search.in(counted);
        return counted.reads();
    }

    private static void isLinear(Search search, String head, String piece, String tail) {
        long few = reads(search, head + piece.repeat(SHORT) + tail);
        long many = reads(search, head + piece.repeat(LONG) + tail);
        assertThat(many).isLessThanOrEqualTo(5 * few);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", " ", "the answer is ", "answer ", "\u7B54\u6848", "Answer:\n", "A:\n"})
    void a_phrase_is_searched_for_in_linear_work(String piece) {
        isLinear(Phrases::in, "", piece, "x");
        isLinear(Phrases::in, "\u7B54\u6848", piece, "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", " ", "* ", "option ", "pick A "})
    void a_choice_is_searched_for_in_linear_work(String piece) {
        isLinear(Choices::in, "*", piece, "x");
        isLinear(Choices::in, "option", piece, "x");
    }

    private static int lengthOf(List<String> pieces) {
        return pieces.stream().mapToInt(String::length).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#### 1 ", "#### ", "<answer>1", "<answer>", "the answer is 1 ", "\\boxed{1", "\\boxed{"})
    void what_is_found_does_not_overlap(String piece) {
        String text = piece.repeat(SHORT) + "</answer>";
        assertThat(lengthOf(MarkedAnswers.hashes(text))).isLessThanOrEqualTo(text.length());
        assertThat(lengthOf(MarkedAnswers.tags(text))).isLessThanOrEqualTo(text.length());
        assertThat(lengthOf(Phrases.in(text))).isLessThanOrEqualTo(text.length());
        assertThat(lengthOf(Boxes.in(text))).isLessThanOrEqualTo(text.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\(", "\\[", "$", "$$", "\\frac{", "\\begin{", "\\begin{a}\\end", "\\boxed{", "\\(x"})
    void formulas_do_not_overlap(String piece) {
        String text = piece.repeat(SHORT) + "1}\\)$";
        List<Candidates.Candidate> found = Formulas.in(text);
        for (int i = 1; i < found.size(); i++) {
            assertThat(found.get(i).start())
                    .isGreaterThanOrEqualTo(found.get(i - 1).end());
        }
    }

    @Test
    void marks_without_number_are_taken_off() {
        String marks = "**`\"".repeat(2000);
        String ends = ".\"`**".repeat(2000);
        assertThat(Quotes.stripped(" " + marks + " 18 " + ends + " ")).isEqualTo("18");
        assertThat(Notation.unwrapped("**".repeat(2000) + " 18 " + "**".repeat(2000) + ".;`\\".repeat(2000)))
                .isEqualTo("18");
    }

    @Test
    void boxes_written_in_many_ways_are_several_answers_without_comparing_each() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < SHORT; i++) {
            text.append("\\boxed{\\sin 2x + 0 \\cdot ").append(i).append("}. Or ");
        }
        assertThat(AnswerExtractor.chain()
                        .singleAnswer()
                        .extract(text.toString())
                        .answer())
                .isEmpty();
    }
}
