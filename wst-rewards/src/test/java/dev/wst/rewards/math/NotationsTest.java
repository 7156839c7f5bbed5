package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.math.comparing.Verdict.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ways in which data sets and students write the same: upright units, named values, layouts, set builders, point names. */
class NotationsTest {

    private static void judged(String one, String other, Outcome outcome) {
        assertThat(Equivalence.standard().compare(one, other).outcome()).isEqualTo(outcome);
        assertThat(Equivalence.standard().compare(other, one).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "6 \\mathrm{~cm};6",
                "60 \\mathrm{~km}/\\mathrm{h};60",
                "25;\\text{Area} = 25",
                "25;Area = 25",
                "5;\\text{5 cm}",
                "1234;\\text{1,234}",
                "5;5 (cm)",
                "5;5 (\\text{cm})",
                "2x;f'(x) = 2x",
                "|2x|;2|x|",
                "1500;1.5 x 10^3",
                "5/8;\u215D",
                "0.001;10\u207B\u00B3",
                "152A_{11};152A",
                "1110_2;1110_{\\text{two}}",
                "x\\in\\{1,2\\};x=1 \\text{ or } x=2",
                "(-\\infty,1)\\cup(3,\\infty);(-\\infty,1)\\text{ or }(3,\\infty)",
                "\\mathbb{R}\\setminus\\{1,2\\};(-\\infty,1)\\cup(1,2)\\cup(2,\\infty)",
                "\\mathbb R-\\{0\\};(-\\infty,0)\\cup(0,\\infty)",
                "(2,\\infty);\\{x \\mid x>2\\}",
                "9;\\begin{aligned}x&=9\\end{aligned}",
                "9;\\begin{align*}x&=9\\end{align*}",
                "9;\\begin{equation}x=9\\end{equation}",
                "4.47;2\\sqrt5\\approx4.47",
                "2\\sqrt5;2\\sqrt5\\approx4.47",
                "(1,2);P(1,2)",
                "(1,2);D(1,2)",
                "1/2;\\nicefrac{1}{2}",
                "10;{5\\choose 2}",
                "25;25^\\circ\\mathrm{C}",
                "\\frac35;\\sin\\theta=\\frac35",
                "B;\\text{(B)} 5",
                "Area = 25;25\\text{ cm}",
                "x=9, y=3;\\begin{aligned}x&=9\\\\y&=3\\end{aligned}",
                "4;\\begin{align}x&=2+2\\\\&=4\\end{align}",
                "1110_{\\text{two}};1110_{2}",
                "|x||y|;|xy|",
                "\\mathbb{R}\\setminus\\{2,1\\};x\\ne1, x\\ne2",
                "[0,5]\\setminus\\{1,2\\};[0,1)\\cup(1,2)\\cup(2,5]",
                "\\{x\\in\\mathbb{R} : x>2\\};(2,\\infty)",
                "x\\in\\{1,2\\};x=2, x=1",
                "B;\\textbf{(B)}\\ 5",
                "\\sin\\theta=\\frac35;\\sin\\theta=0.6",
                "\\tan A=2;2",
                "\\text{5 cm};5 cm",
                "\\text{\\$5};5",
            })
    void the_same_written_otherwise_is_equal(String one, String other) {
        judged(one, other, Outcome.EQUAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Area = 25;Perimeter = 25",
                "Area = 25;26",
                "\\begin{aligned}x&=9\\end{aligned};x=8",
                "4.48;2\\sqrt5\\approx4.47",
                "4.47;2\\sqrt7\\approx4.47",
                "P(1,2);(1,3)",
                "(1,2);[1,2)",
                "152A_{11};152B",
                "152_8;15\\cdot 2",
                "1110_{\\text{two}};1110_{\\text{three}}",
                "\\mathbb{R}\\setminus\\{1,2\\};\\mathbb{R}\\setminus\\{1,3\\}",
                "\\{x\\in\\mathbb{Z} : x>2\\};(2,\\infty)",
                "\\{x \\mid x>2\\};(3,\\infty)",
                "x\\in\\{1,2\\};y=2, y=1",
                "(-\\infty,1)\\cup(3,\\infty);(-\\infty,1)\\text{ or }(2,\\infty)",
                "(1,2)\\cup(3,4);(1,2), (3,4)",
                "C;\\textbf{(B)}\\ 5",
                "\\sin\\theta=\\frac35;\\cos\\theta=\\frac35",
                "\\text{5 or more};5",
                "\\text{4:30 p.m.};\\frac{4}{30}",
            })
    void another_value_in_such_a_notation_is_different(String one, String other) {
        judged(one, other, Outcome.DIFFERENT);
    }
}
