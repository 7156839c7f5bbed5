package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.rewards.math.algebra.Atoms;
import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.Evaluator;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Point;
import dev.wst.rewards.math.algebra.Precision;
import dev.wst.rewards.math.algebra.Trees;
import dev.wst.rewards.math.comparing.Verdict;
import dev.wst.rewards.math.finding.Boxes;
import dev.wst.rewards.math.finding.MarkedAnswers;
import dev.wst.rewards.math.finding.Phrases;
import dev.wst.rewards.math.finding.Quotes;
import dev.wst.rewards.math.reading.Answers;
import dev.wst.rewards.math.reading.CommaReading;
import dev.wst.rewards.math.reading.Notation;
import dev.wst.rewards.math.reading.OptionLetters;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four times the text is four times the work, counted in characters read or in characters handed on. */
class GrowthTest {
    private static final int SHORT = 500;
    private static final int LONG = 4 * SHORT;
    private static final long WORK = 1_000_000;

    private interface Search {
        void in(CharSequence text);
    }

    private static void phrases(CharSequence text) {
        Phrases.in(text, new Budget(WORK));
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
    @ValueSource(
            strings = {"\n", " ", "the answer is ", "the answer is not ", "answer ", "\u7B54\u6848", "Answer:\n", "A:\n"
            })
    void a_phrase_is_searched_for_in_linear_work(String piece) {
        isLinear(GrowthTest::phrases, "", piece, "x");
        isLinear(GrowthTest::phrases, "\u7B54\u6848", piece, "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", " ", "* ", "option ", "pick A "})
    void a_choice_is_searched_for_in_linear_work(String piece) {
        isLinear(OptionLetters::in, "*", piece, "x");
        isLinear(OptionLetters::in, "option", piece, "x");
    }

    private static int lengthOf(List<String> pieces) {
        return pieces.stream().mapToInt(String::length).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#### 1 ", "#### ", "<answer>1", "<answer>", "the answer is 1 ", "\\boxed{1", "\\boxed{"})
    void what_is_found_does_not_overlap(String piece) {
        String text = piece.repeat(SHORT) + "</answer>";
        assertThat(lengthOf(MarkedAnswers.hashes(text, new Budget(WORK)))).isLessThanOrEqualTo(text.length());
        assertThat(lengthOf(MarkedAnswers.tags(text))).isLessThanOrEqualTo(text.length());
        assertThat(lengthOf(Phrases.in(text, new Budget(WORK)))).isLessThanOrEqualTo(text.length());
        assertThat(lengthOf(Boxes.in(text, new Budget(10_000)))).isLessThanOrEqualTo(text.length());
    }

    private static double secondsOf(Runnable work) {
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        work.run();
        long start = thread.getCurrentThreadCpuTime();
        work.run();
        return (thread.getCurrentThreadCpuTime() - start) / 1e9;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#### (3e20000,3e20000,3e20000)\n",
                "The answer is (3e20000,3e20000,3e20000).\n",
                "<answer>#### (3e20000,3e20000)</answer>\n"
            })
    void a_megabyte_of_huge_numerals_is_searched_within_a_second(String line) {
        String text = line.repeat(1_000_000 / line.length());
        assertThat(secondsOf(() -> AnswerExtractor.chain().extract(text))).isLessThan(1);
        assertThat(secondsOf(() -> AnswerExtractor.chain().all(text))).isLessThan(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "The answer is 5"})
    void accents_by_the_thousand_are_searched_within_a_second(String head) {
        String text = head + "\u0301".repeat(20_000);
        assertThat(secondsOf(() -> AnswerExtractor.chain().extract(text))).isLessThan(1);
    }

    @Test
    void the_last_answers_are_looked_at_first_when_work_is_short() {
        String text = "#### (3e20000,3e20000,3e20000)\n".repeat(2000) + "#### (1,2)";
        assertThat(AnswerExtractor.gsm8k().extract(text).answer()).contains("(1,2)");
        assertThat(MarkedAnswers.hashes(text, new Budget(30))).containsExactly("(1,2)");
        assertThat(Phrases.in("The answer is (3e20000). The answer is (1,2).", new Budget(30)))
                .last()
                .isEqualTo("(1,2)");
    }

    @Test
    void huge_numerals_are_paid_for() {
        assertThatThrownBy(() -> Answers.read("3e20000,".repeat(10) + "1", CommaReading.THOUSANDS, new Budget(5000)))
                .isInstanceOf(Budget.Exhausted.class);
        assertThatThrownBy(() -> Answers.read("9".repeat(4900) + "e-20000", CommaReading.THOUSANDS, new Budget(1200)))
                .isInstanceOf(Budget.Exhausted.class);
        assertThat(secondsOf(() -> Equivalence.standard().compare("\\frac34", "3e20000,".repeat(1250))))
                .isLessThan(1);
    }

    /** Their values have up to four hundred million digits before or after the point. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "742^{505000}",
                "8^{981234}",
                "742^{-505000}",
                "10^{10^8}",
                "e^{999999999}",
                "e^{-999999999}",
                "\\lfloor 742^{-505000}\\rfloor",
                "\\lceil 1/742^{505000}\\rceil",
                "\\arctan(742^{-505000})",
                "\\arctan(742^{505000})",
                "\\arcsin(742^{-505000})"
            })
    void values_of_extreme_size_are_compared_without_writing_them_out(String value) {
        for (String decimal : List.of("135.353535", "0.00000123456789", "3.14159265358979323846")) {
            assertThat(secondsOf(() -> Equivalence.standard().compare(decimal, value)))
                    .isLessThan(0.1);
            assertThat(Equivalence.standard().compare(decimal, value).isEqual()).isFalse();
        }
    }

    /** Each of these took up to 90 milliseconds of which nothing was counted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\gcd(3^{20000}+1,5^{14000}+1)",
                "x+1/((2/3)^{20000}+1)",
                "(2/3)^{15000}(9/4)^{6000}",
                "\\max(2^{69000},2^{68000})",
                "\\sqrt{2^{397}-5}\\sqrt{2^{393}-93}\\sqrt{2^{391}-45}",
            })
    void arithmetic_is_paid_for_before_it_is_done(String value) {
        assertThatThrownBy(() -> new Canonical(new Atoms(), new Budget(4_000))
                        .of(Answers.read(value, CommaReading.THOUSANDS, new Budget(1_000))))
                .isInstanceOf(Budget.Exhausted.class);
    }

    @Test
    void series_of_products_are_paid_for_before_they_are_done() {
        for (String value : List.of("\\binom{n}{5000}", "n!")) {
            Node node = Trees.mapped(
                    Answers.read(value, CommaReading.THOUSANDS, new Budget(1_000)),
                    part -> part.equals(new Node.Name("n")) ? Node.Numeral.of(9999) : part);
            assertThatThrownBy(() -> new Evaluator(new Point(0, false), Precision.STANDARD, new Budget(700)).of(node))
                    .isInstanceOf(Budget.Exhausted.class);
        }
    }

    @Test
    void large_numbers_that_are_the_same_are_equal_by_proof() {
        for (List<String> same : List.of(
                List.of("2^{1000}", "4^{500}"),
                List.of("10^{100}", "1" + "0".repeat(100)),
                List.of("2^{70000}", "4^{35000}"),
                List.of("1/2004!", "2005/2005!"),
                List.of("(2/3)^{20000}", "(3/2)^{-20000}"))) {
            Verdict verdict = Equivalence.standard().compare(same.get(0), same.get(1));
            assertThat(verdict).isEqualTo(new Verdict(Verdict.Outcome.EQUAL, Verdict.Basis.PROOF, ""));
        }
    }

    private static String list(IntUnaryOperator item, String separator, String end) {
        return IntStream.range(0, 1000).mapToObj(i -> item.applyAsInt(i) + end).collect(Collectors.joining(separator));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "("})
    void lists_of_a_thousand_in_order_are_decided(String open) {
        String close = open.replace('(', ')');
        String gold = open + list(i -> i, ",", "") + close;
        String spaced = open + list(i -> i, ", ", "") + close;
        String other = open + list(i -> i + 1, ", ", "") + close;
        assertThat(Equivalence.standard().compare(gold, spaced).isEqual()).isTrue();
        assertThat(Equivalence.standard().compare(gold, other).outcome()).isEqualTo(Verdict.Outcome.DIFFERENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\{"})
    void lists_and_sets_of_a_thousand_in_any_order_are_decided(String open) {
        String close = open.replace('{', '}');
        String gold = open + list(i -> i, ",", "") + close;
        String turned = open + list(i -> 999 - i, ", ", "") + close;
        String decimals = open + list(i -> 999 - i, ", ", ".0") + close;
        String oneOff = open + list(i -> i == 500 ? -1 : i, ", ", "") + close;
        String shifted = open + list(i -> 2000 - i, ", ", "") + close;
        assertThat(Equivalence.standard().compare(gold, turned).isEqual()).isTrue();
        assertThat(Equivalence.standard().compare(gold, decimals).isEqual()).isTrue();
        assertThat(Equivalence.standard().compare(gold, oneOff).outcome()).isEqualTo(Verdict.Outcome.DIFFERENT);
        assertThat(Equivalence.standard().compare(gold, shifted).outcome()).isEqualTo(Verdict.Outcome.DIFFERENT);
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
