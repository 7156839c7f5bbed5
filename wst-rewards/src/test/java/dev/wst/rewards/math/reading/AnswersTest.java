package dev.wst.rewards.math.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.InBase;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Quantity;
import dev.wst.rewards.math.algebra.Node.Words;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

    private static Node read(String text) {
        return Answers.read(Notation.unwrapped(text), CommaReading.THOUSANDS, new Budget(100_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "sqrt(2);\\sqrt{2}",
                "\u221A2;\\sqrt2",
                "\\sqrt 12;\\sqrt{12}",
                "5 percent;5\\%",
                "5%;5\\%",
                "\\text{5}\\text{ percent};5\\%",
                "30 degrees;30^\\circ",
                "30 deg;30^\\circ",
                "30^{\\circ};30^\\circ",
                "30\u00B0;30^\\circ",
                "30\\text{ degrees};30^\\circ",
                "30^\\circ+1;30\\degree+1",
                "theta;\\theta",
                "Pi;\\pi",
                "oo;\\infty",
                "2pi;2\\pi",
                "sin(x);\\sin(x)",
                "sinx;\\sin x",
                "lnx;\\ln x",
                "\\operatorname{arcsin}(x);\\arcsin(x)",
                "1 and 2;1, 2",
                "1 or 2;1, 2",
                "1\\text{ and/or }2;1, 2",
                "1\\text{, and }2;1,2",
                "2andx;2,x",
                "2orx;2,x",
                "xandy;xandy",
                "ab;a b",
                "2is;2 i s",
                "so+1;s o+1",
                "IS+1;I S+1",
                "\\frac{NO}{SO};\\frac{N O}{S O}",
                "2abc;2 a b c",
                "2abcd;2 a b c d",
                "ABC;A B C",
                "ABCD;A B C D",
                "abc+1;a b c+1",
                "1+abc;1+a b c",
                "(abc);(a b c)",
                "(x)abc;(x) a b c",
                "x_{1}abc;x_1 a b c",
                "[1,2]abc;[1,2] a b c",
                "5m;5\\cdot m",
                "5 m;5\\text{ m}",
                "5cm;5\\text{ cm}",
                "5 cm;5\\text{ cm}",
                "5 min;5\\text{ min}",
                "5 km/hour;5 km per hour",
                "5 cm^2;5 cm^{2}",
                "1.2 million;1.2\\cdot 1000000",
                "12_8;12_{8}",
                "x_1;x_{1}",
                "x_{12};x_12",
                "x_\\text{max};x_{\\text{max}}",
                "x_max;x_{max}",
                "5 s;5\\text{ s}",
                "5\\text{ sec};5 sec",
                "\\text{min}(1,2);\\min(1,2)",
                "f(x+1);f\\cdot(x+1)",
                "f (x);f\\cdot(x)",
                "\\sin^2 x;(\\sin x)^2",
                "\\sin^{-1} x;\\arcsin x",
                "\\tan^{-1} x;\\arctan x",
                "\\ln^{-1} x;(\\ln x)^{-1}",
                "asin(x);\\arcsin(x)",
                "lg(5);\\log_{10}5",
                "\\log_2^3 8;(\\log_2 8)^3",
                "\\log^3_2 8;(\\log_2 8)^3",
                "\\sin -x;\\sin(-x)",
                "\\sin--x;\\sin x",
                "\\sin 2x\\cos y;\\sin(2x)\\cos(y)",
                "\\sin x(y);\\sin(x)\\cdot(y)",
                "\\{\\};\\emptyset",
                "{};\\emptyset",
                "\\lbrace 1\\rbrace;\\{1\\}",
                "\\langle 1,2\\rangle;(1,2)",
                "\\left(1,2\\right);(1,2)",
                "\\left.5\\right.;5",
                "\\begin{array}{cc}1&2\\end{array};\\begin{matrix}1&2\\end{matrix}",
                "\\begin{matrix*}1\\\\2\\\\\\end{matrix*};\\begin{matrix}1\\\\2\\end{matrix}",
                "3 1/2;3\\frac{1}{2}",
                "3\\frac12;3\\frac{1}{2}",
                "3\\frac1{2};3\\frac{1}{2}",
                "3\\frac{1}2;3\\frac{1}{2}",
                "3\\frac{x}{2};3\\cdot\\frac{x}{2}",
                "3\\frac x2;3\\cdot\\frac{x}{2}",
                "3\\frac{1}{x};3\\cdot\\frac{1}{x}",
                "3\\frac{5}{2};3\\cdot\\frac{5}{2}",
                "3\\frac{2}{2};3\\cdot\\frac{2}{2}",
                "3.5\\frac{1}{2};3.5\\cdot\\frac{1}{2}",
                "\\frac123;\\frac{1}{2}\\cdot 3",
                "\\dfrac{1}{2};\\frac{1}{2}",
                "\\dbinom{5}{2};\\binom52",
                "--1;1",
                "2*-3;2\\cdot(-3)",
                "2*--3;2\\cdot 3",
                "2/-3;2/(-3)",
                "x^-2;x^{-2}",
                "x^--2;x^2",
                "x**2;x^2",
                "x\u00B2;x^2",
                "x\u00B9\u00B2;x^{12}",
                "x^2^3;x^{2^3}",
                "x 2;x\\cdot 2",
                "\u00BD;\\frac12",
                "\u00BC;\\frac14",
                "\u00BE;\\frac34",
                "\u2153;\\frac13",
                "\u2154;\\frac23",
                "x<=2;x\\le 2",
                "x>=2;x\\ge 2",
                "x!=2;x\\ne 2",
                "x==2;x=2",
                "x:=2;x=2",
                "=2;2",
                ":2;2",
                "\\approx 2;2",
                "1+-2;1\\pm 2",
                "1+- 2;1-2",
                "\u20AC5;5",
                "5\u20AC;5",
                "\\mathrm{e};e",
                "\\mathbf{x};x",
                "5\\mathrm{cm};5\\text{ cm}",
                "\\overline{AB};AB",
                "\\overline{ab};ab",
                "\\boxed{ab};ab",
                "\\hspace{2cm}5;5",
                "\\color{red}5;5",
                "\\text{}5;5",
                "\\text{C};C",
                "\\text{(C)};C",
                "\\text{12};12",
                "\\text{max}(1,2);\\max(1,2)",
                "\\text{,}5;5",
                "2\\cdotx;2\\cdot x",
                "2\\pix;2\\pi x",
                "5\\quadx;5x",
                "5\\qquadx;5x",
                "5\\,x;5x",
                "5\\!x;5x",
                "5~x;5x",
                "1,234;1234",
                "1 234;1234",
                "1{,}234;1234",
                "1\\,234;1234",
                "1,\\!234;1234",
                "1,\\! 234;1234",
                "1,234,567;1234567",
                "12,34;12, 34",
                "1,2345;1, 2345",
                "1234,567;1234, 567",
                "(1)+1,234;(1)+1234",
                "[1]+1 234;[1]+1234",
                "(1,234);(1, 234)",
                "\\|x\\|;|x|",
                "\\lvert x\\rvert;|x|",
                "\\lfloor x\\rfloor;\u230Ax\u230B",
                "\\exp x;e^x",
                "1\\over 2;1/2",
                "7:2;7/2",
            })
    void what_is_written_in_two_ways_is_one_tree(String one, String other) {
        assertThat(read(one)).isEqualTo(read(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12_{100}",
                "12_x",
                "12_{}",
                "x_+",
                "x_{1",
                "x_{1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1}",
                "f(x",
                "f(2,",
                "x apples",
                "D Alina",
                "abcde+1",
                "ABCDE",
                "1 2",
                "3 5/2",
                "3 2/2",
                "5!!!!!!",
                "\\begin{foo}1\\end{foo}",
                "\\begin{matrix}1&2\\\\3\\end{matrix}",
                "\\begin{matrix}\\end{matrix}",
                "(1",
                "1)",
                "[1)",
                "(1]",
                "\\{1",
                "{1",
                "|1",
                "\\frac{1}",
                "\\sqrt{",
                "\\sqrt[3{2}",
                "\\foo{",
                "1+",
                "^2",
                "\\cup 1",
                "1\\cup 2\\cap 3",
                "\\frac",
                "\\sin",
                "5 cm^{2",
                "1 & 2",
                "@",
                "\\left",
                "and",
                "it is 5",
                "So we have 5",
                "hello world",
                "\\text{east}"
            })
    void what_is_no_formula_is_words(String text) {
        assertThat(read(text)).isInstanceOf(Words.class);
    }

    @Test
    void names_calls_bases_and_quantities_are_told_apart() {
        assertThat(read("x_1'")).isEqualTo(new Name("x_1'"));
        assertThat(read("x'")).isNotEqualTo(read("x"));
        assertThat(read("f(-x)")).isEqualTo(new Call("f", List.of(Node.negated(new Name("x")))));
        assertThat(read("f(x,2)")).isEqualTo(new Call("f", List.of(new Name("x"), read("2"))));
        assertThat(read("12_{10}")).isEqualTo(new InBase("12", 10));
        assertThat(read("(D) Alina")).isEqualTo(new Quantity(new Name("D"), "Alina"));
        assertThat(read("2 red apples")).isEqualTo(new Quantity(read("2"), "red apples"));
        assertThat(read("2 cm^2")).isEqualTo(new Quantity(read("2"), "cm^2"));
        assertThat(read("\\foo")).isEqualTo(new Name("\\foo"));
        assertThat(read("5!!!!!")).isInstanceOf(Call.class);
        assertThat(read("x(y)")).isInstanceOf(Node.Product.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(1)+",
                "\\{1\\},",
                "\\sin(1)+",
                "\\frac12+",
                "|1|+",
                "\\begin{pmatrix}1\\end{pmatrix}+",
                "x^2+",
                "x+",
                "\\sqrt2+"
            })
    void structures_beside_each_other_do_not_count_as_nested(String part) {
        assertThat(read(part.repeat(100) + "1")).isNotInstanceOf(Words.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "\\sqrt{", "\\sin(", "2^{", "-(", "\\{"})
    void structures_within_each_other_are_read_to_a_depth(String open) {
        String close = open.endsWith("(") ? ")" : open.startsWith("\\{") ? "\\}" : "}";
        assertThat(read(open.repeat(20) + "1" + close.repeat(20))).isNotInstanceOf(Words.class);
        assertThatThrownBy(() -> read(open.repeat(90) + "1" + close.repeat(90))).isInstanceOf(Budget.Exhausted.class);
    }

    @Test
    void eighty_levels_are_the_deepest() {
        Cursor cursor = new Cursor(List.of(), new Budget(0));
        for (int i = 0; i < 80; i++) {
            cursor.enter();
        }
        assertThatThrownBy(cursor::enter).isInstanceOf(Budget.Exhausted.class);
        cursor.leave();
        cursor.leave();
        assertThatCode(cursor::enter).doesNotThrowAnyException();
    }

    @Test
    void a_text_is_read_to_its_longest_and_not_beyond() {
        String longest = "1".repeat(4000) + "+" + "1".repeat(4000) + "+" + "1".repeat(3998);
        assertThat(Answers.read(longest, CommaReading.THOUSANDS, new Budget(100_000)))
                .isNotInstanceOf(Words.class);
        assertThatThrownBy(() -> Answers.read(longest + "1", CommaReading.THOUSANDS, new Budget(100_000)))
                .isInstanceOf(Budget.Exhausted.class);
        assertThat(Answers.read("\u200B", CommaReading.THOUSANDS, new Budget(100_000)))
                .isEqualTo(new Words("\u200B"));
        assertThat(read("1+".repeat(1499) + "11")).isNotInstanceOf(Words.class);
        assertThatThrownBy(() -> read("1+".repeat(1500) + "11")).isInstanceOf(Budget.Exhausted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "x^2", "$the sum$", "\\text{east}", "\\mbox{east}", "(1,2)"})
    void an_answer_stands_alone(String text) {
        assertThat(Answers.standsAlone(text, new Budget(1000))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "$$",
                "the sum",
                "$the$ sum",
                "\\text{east} side",
                "$the$ and $sum$",
                "the sum$",
                "99999999999999999999999e999999"
            })
    void a_sentence_does_not(String text) {
        assertThat(Answers.standsAlone(text, new Budget(1000))).isFalse();
    }

    @Test
    void what_stands_alone_is_not_longer_than_400() {
        assertThat(Answers.standsAlone("1".repeat(400), new Budget(1000))).isTrue();
        assertThat(Answers.standsAlone("1".repeat(401), new Budget(1000))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "5;THOUSANDS",
                "1,234;THOUSANDS LIST",
                "1,2345;THOUSANDS DECIMAL_COMMA",
                "12,50;THOUSANDS DECIMAL_COMMA",
                "0,5;THOUSANDS DECIMAL_COMMA",
                "1,5;THOUSANDS",
                "(12,50);THOUSANDS",
                "12,50,75;THOUSANDS"
            })
    void commas_allow_several_readings(String text, String readings) {
        assertThat(CommaReading.of(text)).map(Enum::name).containsExactly(readings.split(" "));
    }

    @Test
    void a_comma_is_read_as_the_reading_says() {
        assertThat(Answers.read("12,50", CommaReading.DECIMAL_COMMA, new Budget(100_000)))
                .isEqualTo(read("12.50"));
        assertThat(Answers.read("1,234", CommaReading.LIST, new Budget(100_000)))
                .isEqualTo(read("1, 234"));
    }
}
