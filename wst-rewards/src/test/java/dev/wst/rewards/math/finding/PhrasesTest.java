package dev.wst.rewards.math.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.reading.Glyphs;
import dev.wst.rewards.math.reading.Notation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PhrasesTest {

    static Stream<Arguments> phrases() {
        return Stream.of(
                Arguments.of("The answer is 5.", List.of("5")),
                Arguments.of("The answer is 3.5 apples.", List.of("3.5 apples")),
                Arguments.of("The answer is red the answer is blue", List.of("red the", "blue")),
                Arguments.of("The answer is:\n\n5\n6", List.of("5")),
                Arguments.of("The answer is **5** today", List.of("5")),
                Arguments.of("Answer 5", List.of("5")),
                Arguments.of("Answer $x$", List.of("$x$")),
                Arguments.of("Answer \\pi", List.of("\\pi")),
                Arguments.of("answer five", List.of()),
                Arguments.of("answer", List.of()),
                Arguments.of("answer, 5", List.of()),
                Arguments.of("Answer: the sum of $a. b$. No", List.of("a. b")),
                Arguments.of("Answer: $a\nb$", List.of("$a\nb$")),
                Arguments.of("Answer: it is 5! Yes", List.of("5")),
                Arguments.of("Answer: it is so! 5", List.of("it is so")),
                Arguments.of("Answer: Paris. 5", List.of("Paris")),
                Arguments.of("Answer: Paris.", List.of("Paris")),
                Arguments.of("Answer: .5", List.of(".5")),
                Arguments.of("Answer: B, because 5", List.of("B")),
                Arguments.of("Answer: ", List.of()),
                Arguments.of("A: 5\nA: 6", List.of("5", "6")),
                Arguments.of("is it A: 5", List.of()),
                Arguments.of("\u7B54\u6848\u662F 5\u3002\u6211", List.of("5")),
                Arguments.of("\u041E\u0442\u0432\u0435\u0442 5", List.of("5")),
                Arguments.of("La r\u00E9ponse est 5", List.of("5")),
                Arguments.of("Die Antwort ist 5", List.of("5")),
                Arguments.of("The answer to the sum is 5", List.of("5")),
                Arguments.of("The answer to this question: Paris", List.of("Paris")),
                Arguments.of("The answer to x=5 is 7", List.of("7")),
                Arguments.of("The answer should be 5. I hope it is correct.", List.of("5")),
                Arguments.of("The answer is 5 I hope it is correct", List.of("5")),
                Arguments.of("The answer is one of the many that nobody here has ever thought of", List.of()),
                Arguments.of("The answer is " + "w".repeat(80), List.of("w".repeat(80))),
                Arguments.of("The answer is " + "w".repeat(81), List.of()),
                Arguments.of(
                        "The answer is one two three four five six seven eight",
                        List.of("one two three four five six seven eight")),
                Arguments.of("The answer is one two three four five six seven eight nine", List.of()));
    }

    @ParameterizedTest
    @MethodSource("phrases")
    void what_a_phrase_announces_is_found(String text, List<String> expected) {
        assertThat(Phrases.in(text, new Budget(1000))).isEqualTo(expected);
    }

    static Stream<Arguments> passages() {
        return Stream.of(
                Arguments.of("<think>4</think>5", Optional.of("5")),
                Arguments.of("<THINK>4</THINK>5", Optional.of("5")),
                Arguments.of("<reasoning>4</reasoning> 5", Optional.of("5")),
                Arguments.of("4</think>5", Optional.of("5")),
                Arguments.of("</think>5", Optional.of("5")),
                Arguments.of("<think>4", Optional.empty()),
                Arguments.of("5 <think>4", Optional.of("5 ")),
                Arguments.of("3</think>4<think>5", Optional.empty()),
                Arguments.of("<think>\u0130</think>5", Optional.of("5")),
                Arguments.of("<|begin_of_thought|>4<|end_of_thought|>5", Optional.of("5")),
                Arguments.of("4<|channel|>final<|message|>5", Optional.of("5")),
                Arguments.of("<|begin_of_solution|>5<|end_of_solution|>6", Optional.of("5")),
                Arguments.of("5<|im_end|>6</s>7", Optional.of("5")),
                Arguments.of("<|im_end|>6", Optional.of("<|im_end|>6")),
                Arguments.of("5\nQuestion: 6", Optional.of("5")),
                Arguments.of("5\nUser: 6", Optional.of("5")));
    }

    @ParameterizedTest
    @MethodSource("passages")
    void the_passage_begins_after_the_thinking_and_ends_before_the_next_turn(String text, Optional<String> expected) {
        assertThat(Passage.of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<answer>4</answer> <answer>5</answer>;4|5",
                "<answer>4 <answer>5</answer>;5",
                "<answer>4 <answer>5;5",
                "</answer><ANSWER> 5 </Answer>;5",
                "<answer> </answer>;''",
                "<answer>4</answer>5</answer>;4",
                "5</answer>;''"
            })
    void tags_hold_answers(String text, String expected) {
        assertThat(String.join("|", MarkedAnswers.tags(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "#### 4 #### 5;4|5",
                "#### 4####;4",
                "##### 4;''",
                "### 4;''",
                "####;''",
                "#### 2. Then;''",
                "#### -$4;-$4",
                "#### x+1;x+1",
                "#### Then;''"
            })
    void hashes_mark_answers(String text, String expected) {
        assertThat(String.join("|", MarkedAnswers.hashes(text, new Budget(1000))))
                .isEqualTo(expected);
    }

    @Test
    void the_last_formula_counts_unless_a_number_follows_it() {
        assertThat(LastPart.formula("$x=1$ and $y=2$")).contains("y=2");
        assertThat(LastPart.formula("$x=1$ and 2")).isEmpty();
        assertThat(LastPart.formula("$x=1$ for $n$")).contains("x=1");
        assertThat(LastPart.formula("$(ab)$ and $x=1$ for $AB$")).contains("x=1");
        assertThat(LastPart.formula("$x$")).isEmpty();
        assertThat(LastPart.formula("$5$")).isEmpty();
        assertThat(LastPart.formula("$15$ for $n$")).contains("15");
        assertThat(LastPart.leadingOrLast("5 of 7")).contains("5");
        assertThat(LastPart.leadingOrLast("'-5' of 7")).contains("-5");
        assertThat(LastPart.leadingOrLast("a 5 of 7")).contains("7");
        assertThat(LastPart.leadingOrLast("none")).isEmpty();
    }

    @Test
    void one_character_stands_for_the_many_that_mean_the_same() {
        assertThat(Glyphs.ascii("\u22125\u00A0\u0663\uFF0B~\u007F")).isEqualTo("-5 3+~\u007F");
        assertThat(Glyphs.ascii("\uD835\uDFCF\uD835\uDFD0")).isEqualTo("1\u200B2\u200B");
        assertThat(Glyphs.ascii("\uD83D\uDE00\u2212")).isEqualTo("\uD83D\uDE00-");
        assertThat(Glyphs.ascii("\u660E")).isEqualTo("\u660E");
    }

    @Test
    void wrapping_is_taken_off() {
        assertThat(Notation.unwrapped("$5$.")).isEqualTo("5");
        assertThat(Notation.unwrapped("\\(5\\)")).isEqualTo("5");
        assertThat(Notation.unwrapped("\\[5\\]")).isEqualTo("5");
        assertThat(Notation.unwrapped("\\$5")).isEqualTo("$5");
        assertThat(Notation.unwrapped("\\\\frac{1}{2}")).isEqualTo("\\frac{1}{2}");
        assertThat(Notation.unwrapped("\\frac{1}{2}\\\\pi")).isEqualTo("\\frac{1}{2}\\\\pi");
        assertThat(Notation.unwrapped("a\\\\[2pt]b")).isEqualTo("a\\\\b");
        assertThat(Notation.unwrapped("**5**")).isEqualTo("5");
        assertThat(Notation.unwrapped("** 5 **.")).isEqualTo("5");
        assertThat(Notation.unwrapped("****")).isEqualTo("****");
        assertThat(Notation.unwrapped("5**")).isEqualTo("5**");
        assertThat(Notation.unwrapped(" ... ")).isEmpty();
        assertThat(Quotes.stripped(" \"5\", ")).isEqualTo("5");
        assertThat(Quotes.stripped("**Yes**.")).isEqualTo("Yes");
        assertThat(Quotes.stripped("`x`")).isEqualTo("x");
        assertThat(Quotes.stripped("\"")).isEmpty();
        assertThat(Quotes.stripped("***")).isEqualTo("*");
    }
}
