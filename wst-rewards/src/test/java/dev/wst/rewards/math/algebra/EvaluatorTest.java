package dev.wst.rewards.math.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.rewards.math.reading.Answers;
import dev.wst.rewards.math.reading.CommaReading;
import dev.wst.rewards.math.reading.Notation;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values by known identities, and by digits from the On-Line Encyclopedia of Integer Sequences. */
class EvaluatorTest {
    private static final BigDecimal CLOSE = new BigDecimal("1e-45");
    private static final Point POSITIVE = new Point(0, false);

    private static Evaluator evaluator(Point point) {
        return new Evaluator(point, Precision.STANDARD, new Budget(1_000_000));
    }

    private static Node read(String text) {
        return Answers.read(Notation.unwrapped(text), CommaReading.THOUSANDS, new Budget(100_000));
    }

    private static Complex value(String text) {
        return evaluator(POSITIVE).of(read(text));
    }

    private static void close(BigDecimal value, BigDecimal expected) {
        assertThat(value.subtract(expected).abs()).isLessThan(CLOSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(1+i)(1-i);2;0",
                "1/(1+i);0.5;-0.5",
                "1/(2i);0;-0.5",
                "|3+4i|;5;0",
                "|-3|;3;0",
                "\\sqrt{-4};0;2",
                "\\sqrt{3+4i};2;1",
                "\\sqrt{4};2;0",
                "(1+i)^8;16;0",
                "(1+i)^{-2};0;-0.5",
                "(1+i)^3;-2;2",
                "2^{10};1024;0",
                "2^{-2};0.25;0",
                "2^{3/2}\\cdot\\sqrt2;4;0",
                "4^{-3/2};0.125;0",
                "(-8)^{1/3};-2;0",
                "(-8)^{2/3};4;0",
                "8^{1/3};2;0",
                "(-4)^{1/4}(-4)^{1/4};0;2",
                "0^{\\pi};0;0",
                "50\\%;0.5;0",
                "5\\text{ cm};5;0",
                "\\sin 30^\\circ;0.5;0",
                "\\cos(\\pi/3);0.5;0",
                "\\sin(\\pi);0;0",
                "\\cos(\\pi/2);0;0",
                "\\sin(-\\pi/2);-1;0",
                "\\arcsin(1)/\\pi;0.5;0",
                "\\arcsin(-1)/\\pi;-0.5;0",
                "\\arcsin(1/2)\\cdot 6/\\pi;1;0",
                "\\arccos(1/2)\\cdot 3/\\pi;1;0",
                "\\arctan(1)\\cdot 4/\\pi;1;0",
                "\\arctan(-1)\\cdot 4/\\pi;-1;0",
                "\\lfloor\\pi\\rfloor;3;0",
                "\\lceil\\pi\\rceil;4;0",
                "\\lfloor -\\pi\\rfloor;-4;0",
                "\\max(\\pi,3)/\\pi;1;0",
                "\\min(\\pi,3);3;0",
                "5!;120;0",
                "0!;1;0",
                "\\binom{5}{2};10;0",
                "\\binom{2}{5};0;0",
                "\\binom{5}{5};1;0",
                "\\ln(e^2);2;0",
                "\\ln(-1)/\\pi;0;1",
                "\\ln(i)/\\pi;0;0.5",
                "\\ln(-i)/\\pi;0;-0.5",
                "\\ln(-1+i)-\\ln(\\sqrt2)-3i\\pi/4;0;0",
                "\\ln(-1-i)-\\ln(\\sqrt2)+3i\\pi/4;0;0",
                "\\ln(1-i)-\\ln(\\sqrt2)+i\\pi/4;0;0",
                "e^{i\\pi};-1;0",
                "i^i;0.20787957635076190854695561983497877003387784163176;0",
                "e;2.7182818284590452353602874713526624977572470936999;0",
                "\\pi;3.1415926535897932384626433832795028841971693993751;0",
                "\\sin(i);0;1.1752011936438014568823818505956008151557179813341",
                "\\cos(i);1.5430806348152437784779056207570616826015291123659;0",
                "\\sinh(1);1.1752011936438014568823818505956008151557179813341;0",
                "\\cosh(1);1.5430806348152437784779056207570616826015291123659;0",
                "\\tanh(1);0.76159415595576488811945828260479359041276859725794;0",
                "\\log 100/\\ln 10;2;0",
            })
    void expressions_have_their_known_values(String text, BigDecimal real, BigDecimal imaginary) {
        Complex value = value(text);
        close(value.re(), real);
        close(value.im(), imaginary);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\arcsin(2)",
                "(1/2)!",
                "(-1)!",
                "0^{-\\pi}",
                "1/0",
                "\\infty",
                "\\ln 0",
                "\\lfloor i\\rfloor",
                "\\max(i,1)",
                "\\arctan(i)"
            })
    void where_a_function_is_not_defined_there_is_no_value(String text) {
        assertThatThrownBy(() -> value(text)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000!", "2^{2^{40}}", "\\lfloor 10^{60}/3\\rfloor", "\\sin(10^{12}/7)", "e^{10^{10}}"})
    void what_is_too_large_is_not_evaluated(String text) {
        assertThatThrownBy(() -> value(text)).isInstanceOf(Budget.Exhausted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(1,2)", "x=1", "\\{1\\}", "1,2"})
    void structures_have_no_value(String text) {
        assertThatThrownBy(() -> value(text)).isInstanceOf(Canonical.NotScalar.class);
    }

    @Test
    void a_sum_that_cancels_counts_as_zero_and_is_remembered() {
        Evaluator cancelling = evaluator(POSITIVE);
        assertThat(cancelling.of(read("\\sqrt2\\sqrt3-\\sqrt6")).isZero()).isTrue();
        assertThat(cancelling.cancelled()).isTrue();
        Evaluator plain = evaluator(POSITIVE);
        assertThat(plain.of(read("10^{20}+1-10^{20}")).re()).isEqualByComparingTo("1");
        assertThat(plain.cancelled()).isFalse();
        Evaluator periodic = evaluator(POSITIVE);
        assertThat(periodic.of(read("\\sin\\pi")).isZero()).isTrue();
        assertThat(periodic.cancelled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\sqrt{-2};true",
                "\\sqrt{2};false",
                "\\sqrt{0};false",
                "\\ln(-2);true",
                "\\ln 2;false",
                "\\sin(-2);false",
                "(-2)^{\\pi};true",
                "2^{\\pi};false",
                "(-2)^3;false",
                "(-8)^{1/3};false",
                "(-8)^{1/4};true",
                "\\sqrt{-2}+\\sqrt{2};true",
                "\\sqrt{-2}+\\sqrt{-3};true",
                "\\ln(-2)+\\ln(-3);true",
                "(-2)^\\pi+(-3)^\\pi;true"
            })
    void roots_and_logarithms_of_negative_numbers_are_remembered(String text, boolean branched) {
        Evaluator evaluator = evaluator(POSITIVE);
        evaluator.of(read(text));
        assertThat(evaluator.branched()).isEqualTo(branched);
    }

    @Test
    void a_function_without_definition_has_a_value_for_each_argument() {
        assertThat(value("f(2)")).isEqualTo(value("f(2.0)"));
        assertThat(value("f(2)")).isNotEqualTo(value("f(3)"));
        assertThat(value("f(2)")).isNotEqualTo(value("g(2)"));
    }

    @Test
    void work_is_paid_for() {
        assertThatThrownBy(
                        () -> new Evaluator(POSITIVE, Precision.STANDARD, new Budget(300)).of(read("\\sin 1+\\sin 2")))
                .isInstanceOf(Budget.Exhausted.class);
        assertThatThrownBy(() -> new Evaluator(POSITIVE, Precision.STANDARD, new Budget(300)).of(read("2^\\pi+3^\\pi")))
                .isInstanceOf(Budget.Exhausted.class);
        assertThatThrownBy(() -> new Evaluator(POSITIVE, Precision.HIGH, new Budget(15)).of(read("x+y")))
                .isInstanceOf(Budget.Exhausted.class);
        assertThatThrownBy(() -> new Evaluator(POSITIVE, Precision.STANDARD, new Budget(20)).of(read("\\sqrt x")))
                .isInstanceOf(Budget.Exhausted.class);
        assertThatThrownBy(() -> new Evaluator(POSITIVE, Precision.STANDARD, new Budget(20)).of(read("x^{100000000}")))
                .isInstanceOf(Budget.Exhausted.class);
    }

    @Test
    void points_are_positive_then_negative_then_mixed() {
        int negative = 0;
        for (String name : new String[] {"x", "y", "z", "a", "b", "c", "n", "t"}) {
            for (int which : new int[] {0, 1}) {
                assertThat(new Point(which, false).valueOf(name).signum()).isPositive();
            }
            assertThat(new Point(2, false).valueOf(name).signum()).isNegative();
            negative += new Point(3, false).valueOf(name).signum() < 0 ? 1 : 0;
            assertThat(new Point(1, false).valueOf(name).abs())
                    .isBetween(Rational.of(3, 10), Rational.of(28, 10))
                    .isEqualTo(new Point(1, false).valueOf(name))
                    .isNotEqualTo(new Point(0, false).valueOf(name));
        }
        assertThat(negative).isBetween(1, 7);
        assertThat(POSITIVE.valueOf("x")).isNotEqualTo(POSITIVE.valueOf("y"));
    }

    @Test
    void whole_points_are_whole_and_positive() {
        for (int which = 0; which < 4; which++) {
            Point point = new Point(which, true);
            Rational value = point.valueOf("n");
            assertThat(value.isInteger()).isTrue();
            assertThat(value).isBetween(Rational.of(7 + 3L * which), Rational.of(41 + 3L * which));
            assertThat(point.hasNegatives()).isFalse();
            assertThat(new Point(which, false).hasNegatives()).isEqualTo(which >= 2);
        }
    }
}
