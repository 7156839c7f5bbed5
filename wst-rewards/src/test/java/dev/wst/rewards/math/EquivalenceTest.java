package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.rewards.math.comparing.PercentPolicy;
import dev.wst.rewards.math.comparing.UnitPolicy;
import dev.wst.rewards.math.comparing.Verdict;
import dev.wst.rewards.math.comparing.Verdict.Basis;
import dev.wst.rewards.math.comparing.Verdict.Outcome;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The expectations are mathematics done by hand, and the policies that the javadoc of Equivalence states. */
class EquivalenceTest {
    private static final Equivalence STANDARD = Equivalence.standard();

    static Stream<Arguments> equal() {
        return Stream.of(
                Arguments.of("$10", "10"),
                Arguments.of("10\\%", "10"),
                Arguments.of("\\$10", "10"),
                Arguments.of("\\frac{x}{7}+\\frac{2}{7}", "\\frac{x+2}{7}"),
                Arguments.of("\\sec^2(y)", "\\tan^2(y)+1"),
                Arguments.of("-34x-45y+20z-100=0", "34x+45y-20z+100=0"),
                Arguments.of(
                        "\\begin{pmatrix}\\frac{1}{3x^{2/3}}&0&0\\\\0&1&0\\\\-\\sin(x)&0&0\\end{pmatrix}",
                        "\\begin{pmatrix}\\frac{1}{3\\sqrt[3]{x}^2}&0&0\\\\0&1&0\\\\-\\sin(x)&0&0\\end{pmatrix}"),
                Arguments.of("5.5", "5 1/2"),
                Arguments.of("2\\frac{3}{4}", "2.75"),
                Arguments.of("2x=5", "x=5/2"),
                Arguments.of("y = 2x+3", "2x-y+3=0"),
                Arguments.of("2x+3", "y=2x+3"),
                Arguments.of("{1,3} \\cup {2,4}", "{1,2,3,4}"),
                Arguments.of("\\{1,2,3\\}", "\\{3,2,1\\}"),
                Arguments.of("(-\\infty,2)\\cup(3,\\infty)", "x<2 \\text{ or } x>3"),
                Arguments.of("x \\in [-2,7]", "[-2,7]"),
                Arguments.of("0.\\overline{3}", "1/3"),
                Arguments.of("10,\\!080", "10080"),
                Arguments.of("11,\\! 111,\\! 111,\\! 100", "11111111100"),
                Arguments.of("864 \\mbox{ inches}^2", "864"),
                Arguments.of("15\\mbox{ cm}^2", "15 square cm"),
                Arguments.of("\\text{(C)}", "C"),
                Arguments.of("(C)", "C"),
                Arguments.of("3 \\pm 2 \\sqrt{2}", "3+2\\sqrt2, 3-2\\sqrt2"),
                Arguments.of("\\{1\\pm\\sqrt{5},-2\\}", "{-2, 1+\\sqrt5, 1-\\sqrt5}"),
                Arguments.of("1+274i", "1 + 274 i"),
                Arguments.of("52_8", "52"),
                Arguments.of("6+9i", "9i+6"),
                Arguments.of("\\frac43", "1\\frac13"),
                Arguments.of("\\cot x", "\\frac{1}{\\tan x}"),
                Arguments.of("\\cot x", "\\frac{\\cos x}{\\sin x}"),
                Arguments.of("\\sin 2x", "2\\sin x\\cos x"),
                Arguments.of("e^{i\\pi}", "-1"),
                Arguments.of("\\ln 4", "2\\ln 2"),
                Arguments.of("\\log_2 8", "3"),
                Arguments.of("\\log 100", "2"),
                Arguments.of("n!", "n(n-1)!"),
                Arguments.of("\\binom{n}{2}", "\\frac{n(n-1)}{2}"),
                Arguments.of("\\frac{n!}{2(n-2)!}", "\\binom n2"),
                Arguments.of("2^{n+1}", "2\\cdot 2^n"),
                Arguments.of("4^n", "2^{2n}"),
                Arguments.of("x^{1/2}", "\\sqrt{x}"),
                Arguments.of("|x|", "\\sqrt{x^2}"),
                Arguments.of("\\frac{1}{\\sqrt2}", "\\frac{\\sqrt 2}{2}"),
                Arguments.of("\\sqrt{3+2\\sqrt2}", "1+\\sqrt2"),
                Arguments.of("\\sqrt[3]{-8}", "-2"),
                Arguments.of("(-8)^{1/3}", "-2"),
                Arguments.of("6.022e23", "6.022 \\times 10^{23}"),
                Arguments.of("9^{9^{9^9}}", "9^{9^{9^9}}"),
                Arguments.of("\uFF15", "5"),
                Arguments.of("\u22125", "-5"),
                Arguments.of("\u0663", "3"),
                Arguments.of("\u00BD", "0.5"),
                Arguments.of("x\u00B2", "x^2"),
                Arguments.of("\u221A2", "\\sqrt2"),
                Arguments.of("\u03C0", "\\pi"),
                Arguments.of("90\u00B0", "90"),
                Arguments.of("x\u22652", "[2,\\infty)"),
                Arguments.of("1 m", "100 cm"),
                Arguments.of("5 apples", "5"),
                Arguments.of("10 m/s", "10"),
                Arguments.of("\\text{east}", "East"),
                Arguments.of("(1,2)", "1,2"),
                Arguments.of("y=3x", "3x"),
                Arguments.of("f(x)=x^2", "f(t)=t^2"),
                Arguments.of("x=2,y=3", "y=3,x=2"),
                Arguments.of("x=2,y=3", "(2,3)"),
                Arguments.of("x^2-4", "(x-2)(x+2)"),
                Arguments.of("\\frac{x^2-4}{x-2}", "x+2"),
                Arguments.of("x^2+y^2=1", "y^2=1-x^2"),
                Arguments.of("3<x<5", "(3,5)"),
                Arguments.of("5>x>3", "3<x<5"),
                Arguments.of("x>2", "2<x"),
                Arguments.of("x\\ne 3", "(-\\infty,3)\\cup(3,\\infty)"),
                Arguments.of("\\mathbb{R}", "(-\\infty,\\infty)"),
                Arguments.of("\\emptyset", "\\{\\}"),
                Arguments.of("1:2", "1/2"),
                Arguments.of("\\begin{pmatrix}1\\\\2\\end{pmatrix}", "(1,2)"),
                Arguments.of("[[1,2],[3,4]]", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}"),
                Arguments.of("\\frac12\\begin{pmatrix}2\\\\4\\end{pmatrix}", "\\begin{pmatrix}1\\\\2\\end{pmatrix}"),
                Arguments.of("23.999999999999996", "24"),
                Arguments.of("0.333333", "1/3"),
                Arguments.of("3.14159265", "\\pi"),
                Arguments.of("\\frac{\\pi}{6}", "30^\\circ"),
                Arguments.of("\\sin 30^\\circ", "0.5"),
                Arguments.of("145^\\circ", "145 degrees"),
                Arguments.of("\\text{Yes}", "yes"),
                Arguments.of("answer is 42", "The answer is 42!"),
                Arguments.of("5, 7", "7 and 5"),
                Arguments.of("-\\frac{1}{2}", "\\frac{-1}{2}"),
                Arguments.of("-\\frac{1}{2}", "\\frac{1}{-2}"),
                Arguments.of("2/4", "1/2"),
                Arguments.of("1e3", "1000"),
                Arguments.of("3.0", "3"),
                Arguments.of(".5", "0.5"),
                Arguments.of("007", "7"),
                Arguments.of("1.5\\text{ hours}", "90 minutes"),
                Arguments.of("\\$18.90", "18.9"),
                Arguments.of("25 \\text{ or } 36", "36,25"),
                Arguments.of("\\frac{a}{b}", "a/b"),
                Arguments.of("ab", "ba"),
                Arguments.of("\\sqrt{12}", "2\\sqrt{3}"),
                Arguments.of("(x+1)^{100}", "(1+x)^{100}"),
                Arguments.of("2^{100}", "1267650600228229401496703205376"),
                Arguments.of("\\frac{7!}{3!}", "840"),
                Arguments.of("x=1\\text{ or }x=2", "\\{1,2\\}"),
                Arguments.of("t = 1 \\pm \\sqrt 2", "1+\\sqrt2, 1-\\sqrt2"),
                Arguments.of("a=\\frac{1}{2}", "0.5"),
                Arguments.of("p - q", "-q+p"),
                Arguments.of("[1,2,3]", "(1,2,3)"),
                Arguments.of("\\langle 1,2\\rangle", "(1,2)"),
                Arguments.of("100,000", "100000"),
                Arguments.of("1,234", "1234"),
                Arguments.of("{1,234}", "{1,234}"),
                Arguments.of("(1,234)", "(1, 234)"),
                Arguments.of("12,345.67", "12345.67"),
                Arguments.of("i", "\\sqrt{-1}"),
                Arguments.of("(2+i)(2-i)", "5"),
                Arguments.of("\\overline{AB}", "AB"),
                Arguments.of("\\angle ABC = 30^\\circ", "30"),
                Arguments.of("f(2)=5", "5"),
                Arguments.of("P(x)=x^2+1", "x^2+1"),
                Arguments.of("2+2=4", "4"),
                Arguments.of("11a+c=7", "7=c+11a"),
                Arguments.of("10 \\text{ cm}^2", "10 cm^2"),
                Arguments.of("\\frac{3}{4} \\text{ hours}", "45 min"),
                Arguments.of("\\$1,000,000", "1000000"),
                Arguments.of("1/3, 2/3", "\\frac{2}{3}, \\frac13"),
                Arguments.of("12.", "12"),
                Arguments.of("\\left(\\frac{3}{5},\\frac{8}{3}\\right]", "(0.6,8/3]"));
    }

    static Stream<Arguments> different() {
        return Stream.of(
                Arguments.of("\\frac{1}{2004!}", "\\frac{1}{2006!}"),
                Arguments.of("1/2004!", "1/2006!"),
                Arguments.of("\\frac{1}{2^{99}}", "\\frac{1}{2^{98}}"),
                Arguments.of("1-\\frac{1}{e}", "1+\\frac{1}{e}"),
                Arguments.of("1-\\frac{1}{\\mathrm{e}}", "1+\\frac{1}{\\mathrm{e}}"),
                Arguments.of("(0,9)", "[0,9)"),
                Arguments.of("x>5", "x<5"),
                Arguments.of("D=(0,1)", "D=(0,1.5)"),
                Arguments.of("1112112_3", "1112122_3"),
                Arguments.of("\\sqrt{67},-\\sqrt{85}", "\\sqrt{67}"),
                Arguments.of("\\frac{1+\\sqrt{5}}{2}", "2"),
                Arguments.of("\\frac{34}{16}+\\frac{\\sqrt{1358}}{16}", "4"),
                Arguments.of("x+2n+1", "x+1"),
                Arguments.of("52_8", "42"),
                Arguments.of("2k", "2n"),
                Arguments.of("\\sqrt{x^2}", "x"),
                Arguments.of("1/0", "3"),
                Arguments.of("5 cm", "5 m"),
                Arguments.of("east", "seat"),
                Arguments.of("(1,2)", "(2,1)"),
                Arguments.of("x=2,y=3", "3,2"),
                Arguments.of("x+z=1", "1"),
                Arguments.of("0.333", "1/3"),
                Arguments.of("x=5", "y=5"),
                Arguments.of("A", "B"),
                Arguments.of("True", "False"),
                Arguments.of("a^2+b=0", "0"),
                Arguments.of("3 hours", "3 days"));
    }

    @ParameterizedTest
    @MethodSource("equal")
    void answers_that_are_the_same_mathematics_are_equal_both_ways(String one, String other) {
        assertThat(STANDARD.compare(one, other).outcome()).isEqualTo(Outcome.EQUAL);
        assertThat(STANDARD.compare(other, one).outcome()).isEqualTo(Outcome.EQUAL);
    }

    @ParameterizedTest
    @MethodSource("different")
    void answers_that_are_not_are_different_both_ways(String one, String other) {
        assertThat(STANDARD.compare(one, other).outcome()).isEqualTo(Outcome.DIFFERENT);
        assertThat(STANDARD.compare(other, one).outcome()).isEqualTo(Outcome.DIFFERENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1/2;0.5;EQUAL;PROOF",
                "x^2-1;(x-1)(x+1);EQUAL;PROOF",
                "\\sqrt{8};2\\sqrt{2};EQUAL;PROOF",
                "\\pi;3;DIFFERENT;PROOF",
                "\\sin 2x;2 \\sin x \\cos x;EQUAL;EVALUATION",
                "\\ln 2;0.7;DIFFERENT;EVALUATION",
                "\\text{east};\\text{East};EQUAL;TEXT",
                "(1,2);[1,2];DIFFERENT;TEXT",
                "1/3;0.333333;EQUAL;ROUNDING"
            })
    void the_verdict_tells_how_it_was_decided(String gold, String candidate, Outcome outcome, Basis basis) {
        assertThat(STANDARD.compare(gold, candidate)).isEqualTo(new Verdict(outcome, basis, ""));
    }

    @Test
    void an_option_with_its_text_is_its_letter() {
        assertThat(STANDARD.compare("(B) 5", "B").isEqual()).isTrue();
        assertThat(STANDARD.compare("B", "B. the fifth").isEqual()).isTrue();
        assertThat(STANDARD.compare("(B) 5", "C").isEqual()).isFalse();
        assertThat(STANDARD.compare("(B) 5", "(C) 5").isEqual()).isFalse();
    }

    @Test
    void a_blank_candidate_never_equals_and_a_blank_reference_is_undecided() {
        assertThat(STANDARD.compare("3", null).outcome()).isEqualTo(Outcome.DIFFERENT);
        assertThat(STANDARD.compare("3", " ").outcome()).isEqualTo(Outcome.DIFFERENT);
        assertThat(STANDARD.compare(null, null).outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(STANDARD.compare("", "").outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(STANDARD.compare("", "").reason()).isEqualTo("the reference is empty");
    }

    @ParameterizedTest
    @CsvSource({"EITHER,true,true", "SIGN_DROPPED,true,false", "HUNDREDTHS,false,true"})
    void a_percent_sign_on_one_side_means_what_the_policy_says(PercentPolicy policy, boolean dropped, boolean value) {
        Equivalence equivalence = STANDARD.withPercent(policy);
        assertThat(equivalence.compare("28\\%", "28").isEqual()).isEqualTo(dropped);
        assertThat(equivalence.compare("0.28", "28%").isEqual()).isEqualTo(value);
        assertThat(equivalence.compare("28\\%", "28 percent").isEqual()).isTrue();
        assertThat(equivalence.compare("28\\%", "29%").isEqual()).isFalse();
    }

    @Test
    void a_missing_unit_counts_only_where_units_are_required() {
        assertThat(STANDARD.compare("5 cm", "5").isEqual()).isTrue();
        assertThat(STANDARD.withUnits(UnitPolicy.REQUIRED).compare("5 cm", "5").isEqual())
                .isFalse();
        assertThat(STANDARD.withUnits(UnitPolicy.REQUIRED)
                        .compare("5 cm", "50 mm")
                        .isEqual())
                .isTrue();
    }

    @Test
    void a_decimal_equals_what_it_rounds_from_the_digits_on_that_are_asked_for() {
        assertThat(STANDARD.compare("1/3", "0.33333").isEqual()).isFalse();
        assertThat(STANDARD.withRounding(2).compare("1/3", "0.33").isEqual()).isTrue();
        assertThat(STANDARD.withRounding(2).compare("1/3", "0.34").isEqual()).isFalse();
        assertThat(STANDARD.withRounding(2).compare("5", "5.001").isEqual()).isFalse();
        assertThatThrownBy(() -> STANDARD.withRounding(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @Test
    void a_reference_that_is_an_unreadable_formula_gives_no_verdict_but_for_the_same_text() {
        String gold = "\\begin{cases} x & x > 0 \\\\ 0 \\end{cases}";
        assertThat(STANDARD.compare(gold, "x").outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(STANDARD.compare(gold, gold).outcome()).isEqualTo(Outcome.EQUAL);
    }
}
