package dev.wst.rewards.text;

import static dev.wst.rewards.text.Attempts.MEGABYTE;
import static dev.wst.rewards.text.Attempts.attempt;
import static dev.wst.rewards.text.Attempts.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Task;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SimilarityRewardTest {
    private static final double PRINTED = 1e-6;

    /**
     * Text, reference, then BLEU with exp, floor, add-k and none, and chrF2, by sacrebleu 2.6.0; ROUGE-L by rouge-score 0.1.2;
     * F1 by the rules of SQuAD's evaluation script:
     *
     * <pre>
     * BLEU(smooth_method=m, effective_order=True).sentence_score(text, [reference]).score / 100
     * CHRF().sentence_score(text, [reference]).score / 100
     * RougeScorer(['rougeL'], use_stemmer=False).score(reference, text)['rougeL'].fmeasure
     * </pre>
     *
     * Not rouge-score's: ROUGE-L of the German pair, for which it cuts words at letters outside ASCII. By hand: das, maedchen,
     * aepfel are common to 5 and 4 words, 2 x 3 / 9.
     */
    static Stream<Arguments> published() {
        return Stream.of(
                Arguments.of(
                        "the cat sat on the mat", "the cat sat on the mat", List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)),
                Arguments.of(
                        "the the the the the the the",
                        "the cat is on the mat",
                        List.of(0.078098, 0.039281, 0.192056, 0.0, 0.142324, 0.307692, 0.0)),
                Arguments.of(
                        "The quick brown fox jumped over the lazy dog.",
                        "The fast brown fox jumps over the lazy dog.",
                        List.of(0.467138, 0.467138, 0.531830, 0.467138, 0.693894, 0.777778, 0.714286)),
                Arguments.of(
                        "It costs $1,234.50 (about 20%), isn't it? Well-known 3-4.",
                        "It cost $1,234.50, about 20%; is it not? well-known 3-4.",
                        List.of(0.237586, 0.237586, 0.301477, 0.237586, 0.613008, 0.785714, 0.736842)),
                Arguments.of(
                        "cat",
                        "the cat sat on the mat",
                        List.of(0.006738, 0.006738, 0.006738, 0.006738, 0.148825, 0.285714, 0.400000)),
                Arguments.of(
                        "completely different words here",
                        "the cat sat on the mat",
                        List.of(0.0, 0.0, 0.0, 0.0, 0.105122, 0.0, 0.0)),
                Arguments.of(
                        "a b", "a b c d e f", List.of(0.135335, 0.135335, 0.135335, 0.135335, 0.3125, 0.5, 0.333333)),
                Arguments.of(
                        "Tom &amp; Jerry said &quot;hi&quot;.",
                        "Tom & Jerry said \"hello\".",
                        List.of(0.594604, 0.594604, 0.658037, 0.594604, 0.406157, 0.545455, 0.666667)),
                Arguments.of(
                        "Das M\u00e4dchen a\u00df die \u00c4pfel.",
                        "Das M\u00e4dchen isst \u00c4pfel.",
                        List.of(0.229575, 0.122095, 0.359304, 0.0, 0.616678, 0.666667, 0.666667)),
                Arguments.of(
                        "to be or not to be that is the question to be",
                        "to be or not to be",
                        List.of(0.417226, 0.417226, 0.461737, 0.417226, 0.712471, 0.666667, 0.705882)));
    }

    @ParameterizedTest
    @MethodSource("published")
    void a_metric_gives_the_numbers_of_its_reference_implementation(
            String text, String reference, List<Double> expected) {
        List<SimilarityReward> metrics = List.of(
                SimilarityReward.bleu(BleuSmoothing.EXPONENTIAL),
                SimilarityReward.bleu(BleuSmoothing.FLOOR),
                SimilarityReward.bleu(BleuSmoothing.ADD_ONE),
                SimilarityReward.bleu(BleuSmoothing.NONE),
                SimilarityReward.chrF(),
                SimilarityReward.rougeL(),
                SimilarityReward.tokenF1());
        for (int i = 0; i < metrics.size(); i++) {
            assertThat(score(metrics.get(i), text, reference).value())
                    .as("metric %d", i)
                    .isCloseTo(expected.get(i), within(PRINTED));
        }
        assertThat(score(SimilarityReward.bleu(), text, reference).value()).isCloseTo(expected.get(0), within(PRINTED));
    }

    @ParameterizedTest
    @CsvSource({
        "kitten, sitting, 0.571429", // 3 edits of 7
        "same, same, 1",
        "'', abc, 0",
        "'', '', 0",
        "\uD83D\uDE00a, \uD83D\uDE01a, 0.5", // 1 edit of 2 characters, though of 3 chars
    })
    void edit_similarity_counts_characters(String text, String reference, double expected) {
        assertThat(score(SimilarityReward.edit(), text, reference).value()).isCloseTo(expected, within(PRINTED));
    }

    @Test
    void the_parts_say_how_much_was_said_and_how_much_of_it_was_wanted() {
        // 1 of 4 words said is wanted, 1 of 2 wanted is said
        assertThat(score(SimilarityReward.tokenF1(), "red blue green Paris!", "paris france")
                        .parts())
                .containsEntry("precision", 0.25)
                .containsEntry("recall", 0.5);
        assertThat(score(SimilarityReward.bleu(), "a b", "a b c d").parts().get("brevity_penalty"))
                .isCloseTo(Math.exp(-1), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"'', gold", "'', ''", "'...', '!!!'", "gold, ''", "'\u200b\u00a0', gold"})
    void nothing_to_compare_is_worth_nothing(String text, String reference) {
        for (SimilarityReward metric :
                List.of(SimilarityReward.tokenF1(), SimilarityReward.rougeL(), SimilarityReward.edit())) {
            assertThat(score(metric, text, reference).value()).isLessThan(0.01);
        }
        assertThat(score(SimilarityReward.bleu(), "", reference).value()).isZero();
        assertThat(score(SimilarityReward.chrF(), "", reference).value()).isZero();
    }

    @Test
    void ideographs_are_words_of_their_own() {
        // 3 of 4 characters in order: 2 x 3 / (4 + 4)
        assertThat(score(SimilarityReward.rougeL(), "\u6211\u559c\u6b22\u732b", "\u6211\u559c\u6b22\u72d7")
                        .value())
                .isCloseTo(0.75, within(PRINTED));
    }

    @Test
    @Timeout(60)
    void a_megabyte_is_compared_or_named_too_long() {
        for (SimilarityReward metric : List.of(
                SimilarityReward.tokenF1(),
                SimilarityReward.rougeL(),
                SimilarityReward.bleu(),
                SimilarityReward.chrF())) {
            assertThat(score(metric, MEGABYTE, "The answer is 42").value()).isBetween(0.0, 0.2);
        }
        Reward rouge = score(SimilarityReward.rougeL(), "yes", MEGABYTE);
        assertThat(rouge.reason()).isEqualTo("the reference is too long to compare with: 196000 words");
    }

    @Test
    void a_text_too_long_to_compare_is_worth_nothing() {
        Reward edit = score(SimilarityReward.edit(), MEGABYTE, "The answer is 42".repeat(10));
        assertThat(edit).isEqualTo(Reward.of(0, Map.of("too_long", 1.0)));
        Reward rouge = score(SimilarityReward.rougeL(), MEGABYTE, "The answer is 42 ".repeat(200));
        assertThat(rouge).isEqualTo(Reward.of(0, Map.of("too_long", 1.0)));
        assertThat(score(SimilarityReward.rougeL(), "yes", "yes").parts()).containsEntry("too_long", 0.0);
    }

    @Test
    void the_instruction_can_be_what_is_compared() {
        Attempt attempt = attempt("gold", "lead", "gold");
        assertThat(SimilarityReward.edit()
                        .on(ScoredText.INSTRUCTION)
                        .score(attempt)
                        .value())
                .isEqualTo(1);
        assertThat(SimilarityReward.edit().score(attempt).value()).isLessThan(1);
    }

    @Test
    void a_task_without_reference_is_named() {
        Attempt attempt = Attempt.of(Task.of("t7", "question"), Instruction.none(), Answer.of("answer"));
        assertThatThrownBy(() -> SimilarityReward.bleu().score(attempt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task t7 has no reference");
    }
}
