package dev.wst.rewards.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.rewards.guard.Leak.Kind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeakDetectorTest {
    private static final String EGGS =
            "Ducks lay 16 eggs. She eats three and bakes with four. She sells the rest at $2 each. How many dollars?";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "18                      | The answer is 18.                        | DIGITS",
                "18                      | Think of 18.00 dollars.                  | DIGITS",
                "1,800                   | It has to be 1800                        | DIGITS",
                "18                      | You will find eighteen.                  | WORDS",
                "125                     | One hundred and twenty-five it is.       | WORDS",
                "12                      | The answer is a dozen.                   | WORDS",
                "5/2                     | The answer is two and a half.            | WORDS",
                "18                      | Start with 17+1.                         | ARITHMETIC",
                "18                      | It is half of 36.                        | ARITHMETIC",
                "18                      | It is two short of twenty.               | ARITHMETIC",
                "18                      | She makes 18usd.                         | DIGITS",
                "18                      | Say 1\ufe0f\u20e38\ufe0f\u20e3.          | DIGITS",
                "3/4                     | So 0.75 of it.                           | DIGITS",
                "18                      | Write e-i-g-h-t-e-e-n.                   | SPELLED",
                "18                      | Write the digits 1 8 without the space.  | SPELLED",
                "18                      | A one followed by an eight.              | SPELLED",
                "1,250                   | 1 250 in all.                            | SPELLED",
                "18                      | Use XVIII.                               | SPELLED",
                "18                      | Print 0x12.                              | SPELLED",
                "18                      | Take one more than 17.                   | ARITHMETIC",
                "18                      | Take nine plus nine.                     | ARITHMETIC",
                "18                      | The answer is 81, reversed.              | REVERSED",
                "18                      | Write neethgie.                          | REVERSED",
                "18                      | Decode MTg= for me.                      | BASE64",
                "\\frac{14}{3}           | You get $\\frac{28}{6}$ then.            | EXPRESSION",
                "\\text{east}            | She walks east.                          | TEXT",
                "3                       | Write 3.                                 | DIGITS",
                "5                       | There are 5 eggs left.                   | DIGITS",
                "16                      | The final answer is 16.                  | DIGITS",
                "-7                      | The answer is -7.                        | DIGITS",
                "5/2                     | 2 1/2 metres.                            | DIGITS",
                "5/2                     | 2\u00bd metres.                           | DIGITS",
                "1,840                   | $1840/year                               | DIGITS",
                "Jane Austen             | Write netsuA enaJ.                       | REVERSED",
                "18                      | The answer is $18, 18$.                  | DIGITS",
                "18                      | $18 > 17$                                | DIGITS",
                "18                      | $x \\le 18$                              | DIGITS",
                "18                      | Put \\boxed{17, 18} there.               | DIGITS",
                "18                      | Use $(17, 18)$.                          | DIGITS",
                "\\frac{14}{3}           | See $1, \\frac{28}{6}$ first.            | EXPRESSION",
                "\\frac{14}{3}           | So $\\frac{28}{6} > 4$ holds.            | EXPRESSION",
                "18                      | Write \ud835\udfcf\ud835\udfd6.          | DIGITS",
                "18                      | Write \u00b9\u2078.                      | DIGITS",
                "18                      | Write \u2471.                            | DIGITS",
                "18                      | Write \u24f2.                            | DIGITS",
                "18                      | Write \u2460\u2467.                      | DIGITS",
                "18                      | Write 1\u03368\u0336.                    | DIGITS",
                "18                      | Write \uff45\uff49\uff47\uff48\uff54\uff45\uff45\uff4e. | WORDS",
            })
    void a_leak_is_found_in_its_form(String gold, String instruction, Kind kind) {
        assertThat(LeakDetector.standard().find(EGGS, gold, instruction))
                .hasValueSatisfying(leak -> assertThat(leak.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3   | Work in 3 steps.",
                "1   | Step 1: read the question.",
                "2   | Check your answer twice.",
                "2   | Give the final answer with 2 decimals.",
                "2   | Round the result to two decimal places.",
                "2   | Divide by 2.",
                "1   | 1. Read. 2. Plan. 3. Solve.",
                "60  | Recall that there are 60 minutes in an hour.",
                "16  | The question gives 16 and 2.",
                "14  | Compute 16 - 2 first.",
                "18  | Count 180 of them.",
                "18  | Write 81.",
                "7   | Use 2x + 7y.",
                "1   | One of the numbers is a trap.",
                "2   | Wait a second.",
                "-7  | Think of seventy-seven.",
                "C   | Can you do it?",
                "12  | Use 1-2 sentences.",
                "23  | Take 2-3 steps.",
                "12  | Read parts 1, 2 and the rest.",
                "20  | Pick a number between 10 and 30.",
                "4   | Part IV comes last.",
                "1009 | Mix the two.",
                "10010 | Write it in binary.",
                "18  | Plot 18/x.",
                "18  | Take $f(18)$.",
                "18  | Expand $18x + 3$.",
                "18  | Use $x^{18}$.",
                "18  | The area is in m\u00b9\u2078.",
                "18  | Call it x\u2081\u2088.",
                "2   | Square the side: a\u00b2 + b\u00b2.",
            })
    void an_honest_instruction_is_left_alone(String gold, String instruction) {
        assertThat(LeakDetector.standard().find(EGGS, gold, instruction)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "This one is plainly positive.                | true",
                "Go for positive.                             | true",
                "Positive.                                    | true",
                "The answer is positive.                      | true",
                "Reply positive or negative.                  | false",
                "Say positive where the praise weighs more.   | false",
                "Tell whether it is positive.                 | false",
                "Look for positive words.                     | false",
            })
    void a_choice_that_the_question_offers_is_a_leak_where_it_is_made(String instruction, boolean leaks) {
        assertThat(LeakDetector.standard()
                        .find("Is this review positive or negative?", "positive", instruction)
                        .isPresent())
                .isEqualTo(leaks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The answer is 5432 points.",
                "The answer is 5432 items.",
                "Say 5432 items.",
                "The team scored 5432 points.",
                "Use 5432 steps.",
                "Use 5,432 steps.",
                "Use five thousand four hundred and thirty-two steps.",
                "See page 5432.",
                "#5432",
                "x+5432",
                "x + 5432",
                "5432 - y",
                "The answer is 5432m.",
            })
    void a_number_that_no_method_needs_is_a_leak_in_a_method_too(String instruction) {
        assertThat(LeakDetector.standard().find(EGGS, "5432", instruction)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The answer is 7 points.                   | true",
                "Answer: 7 points.                         | true",
                "Make 7 points and explain each.           | false",
                "Round the result to 7 decimal points.     | false",
                "The answer is 7 lines long.               | false",
            })
    void a_small_number_of_what_is_asked_about_is_a_leak_where_it_is_called_the_answer(
            String instruction, boolean leaks) {
        assertThat(LeakDetector.standard()
                        .find("How many points has the team?", "7", instruction)
                        .isPresent())
                .isEqualTo(leaks);
    }

    @Test
    void a_number_of_the_question_may_count_what_the_method_needs() {
        assertThat(LeakDetector.standard().find(EGGS, "16", "Use 16 lines, one for each egg."))
                .isEmpty();
        assertThat(LeakDetector.standard().find(EGGS, "16", "The answer is 16 points."))
                .isPresent();
    }

    private static final String CURVES =
            "For which values do the two curves meet? Give all in the form that is asked for.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\pi                 | The answer is pi.",
                "\\pi                 | The answer is \u03c0.",
                "\\pi                 | Say pi and nothing else.",
                "\\pi                 | pi",
                "\\frac{\\pi}{4}      | The answer is pi/4.",
                "\\frac{\\pi}{4}      | You should get \u03c0/4, as in the figure.",
                "2\\sqrt{5}           | The answer is 2\u221a5.",
                "2\\sqrt{5}           | The answer is 2*sqrt(5).",
                "2\\sqrt{5}           | Use sqrt(20) as your result.",
                "2\\sqrt{5}           | **2\u221a5** is the final answer.",
                "2\\sqrt{5}           | The length = 2\u221a5, so write that.",
                "(3,7)                | The answer is (3, 7).",
                "(3,7)                | They meet at ( 3, 7 ) only.",
                "1+2i                 | The answer is 1 + 2i.",
                "1+2i                 | Write 2i + 1.",
                "x^2+1                | The answer is 1 + x^2.",
                "x^2+1                | The answer is x\u00b2 + 1.",
                "3x+5y=7              | The answer is 3x + 5y = 7.",
                "3x+5y=7              | Find 5y + 3x = 7 by elimination.",
                "1, 23                | The answer is 1 and 23.",
                "2.5x-1               | They meet at 2.5x - 1 there.",
                "[0,\\infty)          | The answer is [0, infinity).",
                "18                   | The answer is sqrt(324).",
                "18                   | The answer is 3!*3.",
            })
    void a_formula_in_plain_notation_is_read_as_the_grader_reads_it(String gold, String instruction) {
        assertThat(LeakDetector.standard().find(CURVES, gold, instruction)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\pi                 | Leave pi as it stands.",
                "\\pi                 | The answer is a multiple of pi.",
                "\\frac{\\pi}{4}      | Give the answer in terms of pi.",
                "2\\sqrt{5}           | Write the answer as a*sqrt(b) with whole a and b.",
                "2\\sqrt{5}           | Use 2 steps and simplify sqrt(45) as an example.",
                "(3,7)                | Write the answer as (x, y).",
                "(3,7)                | The answer is a point; use 3 steps.",
                "1+2i                 | Write the answer as a + bi.",
                "x^2+1                | The answer is a polynomial in x of degree 2.",
                "3x+5y=7              | Write the answer as ax + by = c.",
                "1, 23                | Write 1 sentence and give the answer with all values.",
                "1, 23                | The answer is two numbers, both positive.",
                "x=2                  | Give the final answer with 2 decimals.",
                "x=2                  | Write 2 sentences.",
                "\\frac{1}{2}         | Use half of the time to check.",
                "4                    | Use sqrt(16) where a square root is due.",
            })
    void a_formula_that_is_another_or_none_is_left_alone(String gold, String instruction) {
        assertThat(LeakDetector.standard().find(CURVES, gold, instruction)).isEmpty();
    }

    @Test
    void a_formula_of_the_question_is_its_own_in_other_spacing_too() {
        String question = "Where is the line 3x+5y = 7 parallel to the line through (3, 7)?";
        assertThat(LeakDetector.standard().find(question, "(3,7)", "Look at (3,7) first."))
                .isEmpty();
        assertThat(LeakDetector.standard().find(question, "3x + 5y = 7", "Look at 3x+5y=7 first."))
                .isEmpty();
        assertThat(LeakDetector.standard().find(question, "3x + 5y = 7", "The answer is 3x+5y=7."))
                .isPresent();
    }

    private static final String SOLUTION =
            "Of the 16 eggs 7 are used, so that 9 are left for the market. At $2 each these bring ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                SOLUTION + "$9\\cdot 2=\\boxed{18}$ dollars.",
                SOLUTION + "9 * 2 = <<9*2=18>>18.\n#### 18",
                SOLUTION + "18, and the final answer is 18. That is what she makes.",
                SOLUTION + "18. <answer>18</answer>",
                "<answer>18</answer>",
            })
    void a_reference_may_be_a_solution_that_leads_to_the_answer(String reference) {
        LeakDetector detector = LeakDetector.standard();
        assertThat(detector.find(EGGS, reference, "The answer is 18.")).isPresent();
        assertThat(detector.find(EGGS, reference, "You should get eighteen.")).isPresent();
        assertThat(detector.find(EGGS, reference, "Write this: " + reference)).isPresent();
        assertThat(detector.find(EGGS, reference, "Subtract what she uses, then multiply by 2."))
                .isEmpty();
    }

    @Test
    void a_solution_is_a_leak_as_a_whole_too() {
        String question = "Let n be even. Prove that 4 divides $2n$.";
        String proof = "Being even, n is k + k for a whole k. Twice that is k four times, so 4 divides $2n$.";
        assertThat(LeakDetector.standard().find(question, proof, "Say this: " + proof))
                .isPresent();
        assertThat(LeakDetector.standard().find(question, proof, "Write n as k + k first, and look at $2n$."))
                .isEmpty();
    }

    @Test
    void a_blank_reference_is_refused() {
        assertThatThrownBy(() -> LeakDetector.standard().find(EGGS, " ", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blank");
    }

    @Test
    void what_is_not_read_is_not_called_clean() {
        assertThat(LeakDetector.standard().find(EGGS, "18", "Think. ".repeat(3000)))
                .hasValueSatisfying(leak -> assertThat(leak.kind()).isEqualTo(Kind.UNREAD));
        assertThat(LeakDetector.standard().find(EGGS, "18", "Say 18. " + "Think. ".repeat(3000)))
                .hasValueSatisfying(leak -> assertThat(leak.kind()).isEqualTo(Kind.DIGITS));
    }

    @Test
    @Timeout(30)
    void the_work_on_many_awkward_formulas_is_bounded() {
        String many = IntStream.range(0, 1500).mapToObj(i -> "$9^9^" + i + "$ ").collect(Collectors.joining());
        assertThat(LeakDetector.standard().find(EGGS, "18", many))
                .hasValueSatisfying(leak -> assertThat(leak.kind()).isEqualTo(Kind.UNREAD));
        assertThat(LeakDetector.standard().find(EGGS, "18", "$2x + 7y$ ".repeat(1500)))
                .isEmpty();
    }

    @Test
    void no_text_makes_it_hang_or_throw() {
        for (String text : List.of(
                "9^9^9^9 + 1/0",
                "(".repeat(5000),
                "two ".repeat(5000),
                "half of ".repeat(2500),
                "1".repeat(20_000),
                "a b ".repeat(5000),
                "reverse 1 2 3 ".repeat(1400),
                "a".repeat(20_000))) {
            assertThat(LeakDetector.standard().find(EGGS, "18", text)).isEmpty();
        }
    }

    @Test
    void a_word_that_no_encoder_would_have_written_is_no_base64() {
        assertThat(LeakDetector.standard().find(EGGS, "6", "Say Yes or No.")).isEmpty();
        assertThat(LeakDetector.standard().find(EGGS, "6", "Decode Ng for me.")).isPresent();
    }
}
