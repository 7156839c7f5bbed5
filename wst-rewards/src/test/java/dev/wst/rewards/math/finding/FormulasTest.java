package dev.wst.rewards.math.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormulasTest {

    static Stream<Arguments> formulas() {
        return Stream.of(
                Arguments.of("so $x+1$ and $$y$$.", List.of("x+1", "y")),
                Arguments.of("$$y$$$z$", List.of("y", "z")),
                Arguments.of("$x$", List.of("x")),
                Arguments.of("$ x $ and", List.of("x")),
                Arguments.of("$x $ and", List.of()),
                Arguments.of("$5 and then $10", List.of()),
                Arguments.of("$5$10", List.of()),
                Arguments.of("$$5$$", List.of("5")),
                Arguments.of("$$5 $$6", List.of("5")),
                Arguments.of("$ $x$", List.of("x")),
                Arguments.of("$a\\$b$", List.of("a\\$b")),
                Arguments.of("\\(x\\) or \\[y\\]", List.of("x", "y")),
                Arguments.of("\\(x or \\[y\\]", List.of("y")),
                Arguments.of("\\( \\frac{1}{2} \\)", List.of("\\frac{1}{2}")),
                Arguments.of("is \\frac{1}{2}.", List.of("\\frac{1}{2}")),
                Arguments.of("is \\frac{1}{2} + x, the", List.of("\\frac{1}{2} + x")),
                Arguments.of("\\pi=3", List.of("\\pi=3")),
                Arguments.of("\\pi (a(b)c) z", List.of("\\pi (a(b)c) z")),
                Arguments.of("\\pi (a", List.of("\\pi")),
                Arguments.of("\\pi {a", List.of("\\pi")),
                Arguments.of("\\pi ab", List.of("\\pi")),
                Arguments.of("\\pi a b", List.of("\\pi a b")),
                Arguments.of("\\pi + ab", List.of("\\pi")),
                Arguments.of("\\pi\n5", List.of("\\pi")),
                Arguments.of("\\pi\"5", List.of("\\pi")),
                Arguments.of("\\pi}5", List.of("\\pi")),
                Arguments.of("\\pi)5", List.of("\\pi")),
                Arguments.of("\\pi]5", List.of("\\pi")),
                Arguments.of("\\pi[5", List.of("\\pi[5")),
                Arguments.of("\\pi\u00E95", List.of("\\pi")),
                Arguments.of("\\pi\u22605", List.of("\\pi")),
                Arguments.of("\\pi.,;:!=+-*/<>&^_", List.of("\\pi")),
                Arguments.of("\\hello \\pi", List.of("\\pi")),
                Arguments.of("\\hello\\pi", List.of("\\pi")),
                Arguments.of("\\pi\\hello", List.of("\\pi")),
                Arguments.of("\\pi\\{1\\}", List.of("\\pi\\{1\\}")),
                Arguments.of("\\pi\\(x\\)", List.of("\\pi", "x")),
                Arguments.of("\\pi\\[x\\]", List.of("\\pi", "x")),
                Arguments.of("\\pi\\", List.of("\\pi")),
                Arguments.of("\\", List.of()),
                Arguments.of("\\Pi Z", List.of("\\Pi Z")),
                Arguments.of("\\begin{a}x y zz\\end{a} is", List.of("\\begin{a}x y zz\\end{a}")),
                Arguments.of("\\begin{a}x", List.of()),
                Arguments.of("\\begin{a}x\\end{a", List.of("\\end")),
                Arguments.of("no formula", List.of()));
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void formulas_are_found_in_order(String text, List<String> expected) {
        List<Piece> found = Formulas.in(text);
        assertThat(found).extracting(Piece::text).containsExactlyElementsOf(expected);
        assertThat(found)
                .allMatch(formula ->
                        text.substring(formula.start(), formula.end()).strip().equals(formula.text()));
    }

    @Test
    void formulas_reach_no_further_than_2000_characters() {
        assertThat(Formulas.in("$" + "x".repeat(1999) + "$")).hasSize(1);
        assertThat(Formulas.in("$" + "x".repeat(2000) + "$")).isEmpty();
        assertThat(Formulas.in("\\(" + "x".repeat(2000) + "\\)")).hasSize(1);
        assertThat(Formulas.in("\\(" + "x".repeat(2001) + "\\)")).isEmpty();
        assertThat(Formulas.in("\\pi" + "+1".repeat(2000)).get(0).end()).isEqualTo(1999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\(", "\\[", "$", "$$", "\\frac{", "\\begin{", "\\begin{a}\\end", "\\boxed{", "\\(x"})
    void formulas_do_not_overlap(String piece) {
        String text = piece.repeat(500) + "1}\\)$";
        List<Piece> found = Formulas.in(text);
        for (int i = 1; i < found.size(); i++) {
            assertThat(found.get(i).start())
                    .isGreaterThanOrEqualTo(found.get(i - 1).end());
        }
    }
}
