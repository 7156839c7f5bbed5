package dev.wst.rewards.math.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.math.CountedText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BracketsTest {

    @Test
    void nested_brackets_of_one_kind_close_from_the_inside() {
        Brackets brackets = Brackets.of("{a{b}c}{}");
        assertThat(brackets.closing(0)).isEqualTo(6);
        assertThat(brackets.closing(2)).isEqualTo(4);
        assertThat(brackets.closing(7)).isEqualTo(8);
    }

    @Test
    void each_kind_is_counted_by_itself() {
        Brackets brackets = Brackets.of("([{)]}");
        assertThat(brackets.closing(0)).isEqualTo(3);
        assertThat(brackets.closing(1)).isEqualTo(4);
        assertThat(brackets.closing(2)).isEqualTo(5);
    }

    @Test
    void escaped_brackets_neither_open_nor_close() {
        Brackets brackets = Brackets.of("{\\}\\{\\\\}");
        assertThat(brackets.closing(0)).isEqualTo(7);
        assertThat(brackets.closing(4)).isEqualTo(-1);
    }

    @Test
    void what_is_never_closed_and_what_is_no_bracket_have_no_end() {
        Brackets brackets = Brackets.of(")}({(a)");
        assertThat(brackets.closing(0)).isEqualTo(-1);
        assertThat(brackets.closing(2)).isEqualTo(-1);
        assertThat(brackets.closing(3)).isEqualTo(-1);
        assertThat(brackets.closing(4)).isEqualTo(6);
        assertThat(brackets.closing(5)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "(", "[", "\\boxed{", "\\frac{", "{}", "}"})
    void every_character_is_read_once(String piece) {
        CountedText text = new CountedText(piece.repeat(1000));
        Brackets brackets = Brackets.of(text);
        for (int open = 0; open < text.length(); open++) {
            brackets.closing(open);
        }
        assertThat(text.reads()).isLessThanOrEqualTo(text.length());
    }
}
