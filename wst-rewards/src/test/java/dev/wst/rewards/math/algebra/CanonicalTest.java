package dev.wst.rewards.math.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.rewards.math.reading.Answers;
import dev.wst.rewards.math.reading.CommaReading;
import dev.wst.rewards.math.reading.Notation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Canonical forms, their quotients and their powers. The identities are those of school. */
class CanonicalTest {
    private final Atoms atoms = new Atoms();
    private final Budget budget = new Budget(100_000);
    private final Canonical canonical = new Canonical(atoms, budget);

    private Form form(String text) {
        return canonical.of(Answers.read(Notation.unwrapped(text), CommaReading.THOUSANDS, new Budget(100_000)));
    }

    private Polynomial difference(String one, String other) {
        return form(one).minus(form(other), atoms, budget);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\sqrt{8};2\\sqrt2",
                "\\sqrt{1/2};\\sqrt2/2",
                "\\sqrt{18}\\sqrt{2};6",
                "8^{1/3};2",
                "8^{2/3};4",
                "8^{-2/3};1/4",
                "(8/27)^{1/3};2/3",
                "(8/27)^{-1/3};3/2",
                "\\sqrt[3]{16};2\\sqrt[3]2",
                "\\sqrt[4]{4};\\sqrt2",
                "\\sqrt[6]{27};\\sqrt3",
                "(-8)^{1/3};-2",
                "(-8)^{2/3};4",
                "(-8)^{5/3};-32",
                "(-4)^{1/2};2i",
                "(-4)^{3/2};-8i",
                "(-4)^{-1/2};-i/2",
                "\\sqrt{4x};2\\sqrt{x}",
                "\\sqrt{x}\\sqrt{x};x",
                "x^{1/2}x^{1/3};x^{5/6}",
                "\\sqrt{\\pi^2};\\pi",
                "\\sqrt{4\\pi^2};2\\pi",
                "\\sqrt[3]{e^6};e^2",
                "\\sqrt{0};0",
                "0^5;0",
                "0^0;1",
                "1^{99999999};1",
                "x^0;1",
                "x^{-2}x^5;x^3",
                "(2x)^3;8x^3",
                "(2x)^{-1};1/(2x)",
                "(x+1)^2;x^2+2x+1",
                "(x+1)^{-2};1/(x^2+2x+1)",
                "(x+1)^0;1",
                "i^2;-1",
                "i^{-1};-i",
                "(1+i)^8;16",
                "2^{x+3};8\\cdot 2^x",
                "2^{3x};2^x\\cdot 2^{2x}",
                "2^{-x};1/2^x",
                "x^{y+1/2};x^y\\sqrt{x}",
                "a^{2b}a^{b};a^{3b}",
                "a^{bc}a^{-bc};1",
                "2^{x/2}2^{x/2};(2^{x/2})^2",
                "\\sqrt{1018081};1009",
                "\\sqrt{4012009};2003",
                "\\sqrt{8024018};2003\\sqrt2",
                "\\sqrt{2003}\\sqrt{2003};2003",
                "\\sqrt{6};\\sqrt2\\sqrt3",
                "\\sqrt{961};31",
                "\\sqrt{62};\\sqrt2\\sqrt{31}",
                "1/(x+1)+1/(x-1);2x/(x^2-1)",
                "1/(x+1)+x/(x+1);1",
                "x/y+y/x;(x^2+y^2)/(xy)",
                "(1/(x+1))/(1/(x+1));1",
                "\\frac{x+1}{2x+2};1/2",
                "\\frac{2}{4x+4};\\frac{1}{2x+2}",
                "1+1/(x+1);(x+2)/(x+1)",
                "1/(x+1)\\cdot x;x/(x+1)",
                "5!;120",
                "0!;1",
                "\\binom{5}{2};10",
                "\\binom{5}{0};1",
                "\\binom{5}{5};1",
                "\\binom{2}{5};0",
                "\\binom{1000000}{1};1000000",
                "\\gcd(12,18);6",
                "\\max(1,3,2);3",
                "\\min(2,1,3);1",
                "\\lfloor -3.5\\rfloor;-4",
                "\\lceil 3.2\\rceil;4",
                "\\lceil -3.2\\rceil;-3",
                "|-3|;3",
                "\\ln 1;0",
                "30^\\circ;\\pi/6",
                "50\\%;1/2",
                "5\\text{ apples};5",
                "\\sin(2x-x);\\sin x",
                "f(2);f(2.0)",
            })
    void the_difference_of_equal_expressions_has_no_terms(String one, String other) {
        assertThat(difference(one, other).isZero()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\sqrt{xy};\\sqrt{x}\\sqrt{y}",
                "\\sqrt{x^2};x",
                "\\sqrt{-x};i\\sqrt{x}",
                "\\sqrt{-x};\\sqrt{x}",
                "(-2)^{1/4};2^{1/4}",
                "\\sqrt{x^3};x\\sqrt{x}",
                "\\sqrt{f(x)^2};f(x)",
                "2^{1/13};2",
                "1.5!;1",
                "(-1)!;1",
                "x!;1",
                "\\binom{5/2}{2};1",
                "\\ln 2;0",
                "\\gcd(1/2,2);1/2",
                "f(2);f(3)",
                "f(x);g(x)",
                "\\sin x;\\cos x",
                "x^{y};x^{z}",
                "x^{2y};x^{y}",
                "x^{1001y};x^{y}",
                "x^{1/(y+1)};x^{1/(y+2)}",
                "x^{2000};x^{2001}",
                "(x+1)^{65};(x+1)^{66}",
                "\\frac{1}{x+1};\\frac{1}{x+2}",
                "\\sqrt{2004001};\\sqrt{2004003}",
            })
    void what_may_differ_keeps_terms(String one, String other) {
        assertThat(difference(one, other).isZero()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\sqrt{2003}+\\pi", "x^{1/2}+3", "\\sqrt[3]{7}+y", "\\sqrt{4012003}", "5!+x"})
    void forms_of_independent_generators_are_recognised(String text) {
        assertThat(form(text).numerator().isGeneric(atoms)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\sin 1", "\\pi+e", "\\sqrt{x+1}", "x^y", "|x|", "f(x)", "\\sqrt{4028033}"})
    void forms_that_may_hide_a_relation_are_not(String text) {
        assertThat(form(text).numerator().isGeneric(atoms)).isFalse();
    }

    @Test
    void a_number_is_recognised_in_any_writing() {
        assertThat(form("(x+1)/(x+1)-1+2/4").constant()).isEmpty();
        assertThat(form("x-x+2/4").constant()).contains(Rational.of(1, 2));
        assertThat(form("x").constant()).isEmpty();
        assertThat(form("1/(x+1)").isPolynomial()).isFalse();
        assertThat(form("1/x").isPolynomial()).isTrue();
        assertThat(form("1/(x+1)").denominator().terms())
                .isEqualTo(form("x+1").numerator().terms());
        assertThat(form("x+1").denominator().constant()).contains(Rational.ONE);
    }

    @Test
    void forms_are_spelled_apart() {
        assertThat(form("1/(x+1)")).hasToString("(+1)/(+1+1#0^27720)");
        assertThat(form("x-2")).hasToString("-2+1#0^27720");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/0", "1/(x-x)", "0^{-1}", "0^{-1/2}", "(x-x)^{-2}"})
    void division_by_zero_is_an_error(String text) {
        assertThatThrownBy(() -> form(text)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4001!",
                "\\binom{5}{1001}",
                "\\binom{-1}{2}",
                "\\binom{2}{-1}",
                "\\binom{1000001}{2}",
                "3^{200000}",
                "2^{1801/2}",
                "x^{999}x^{2}"
            })
    void what_is_too_large_is_not_computed(String text) {
        assertThatThrownBy(() -> form(text)).isInstanceOf(Budget.Exhausted.class);
    }

    @Test
    void the_largest_that_are_computed_are_paid_for() {
        assertThat(form("4000!").constant()).isPresent();
        assertThat(form("\\binom{1200}{1000}").constant()).isPresent();
        assertThatThrownBy(() -> new Canonical(atoms, new Budget(1000))
                        .of(Answers.read("3000!", CommaReading.THOUSANDS, new Budget(100_000))))
                .isInstanceOf(Budget.Exhausted.class);
        assertThatThrownBy(() -> new Canonical(atoms, new Budget(500))
                        .of(Answers.read("\\binom{1200}{1000}", CommaReading.THOUSANDS, new Budget(100_000))))
                .isInstanceOf(Budget.Exhausted.class);
        assertThatThrownBy(() -> new Canonical(atoms, new Budget(0)).of(Node.Numeral.of(1)))
                .isInstanceOf(Budget.Exhausted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(1,2)", "x=1", "\\{1\\}", "1,2", "52_8", "1\\pm 2"})
    void structures_are_no_scalars(String text) {
        assertThatThrownBy(() -> form(text)).isInstanceOf(Canonical.NotScalar.class);
    }
}
