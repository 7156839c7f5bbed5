package dev.wst.rewards.math.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChosenTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "**",
                " is correct",
                " is the right answer.",
                " must be the only one",
                ", because B is wrong",
                ", not B",
                ". it cannot be B",
                " 5",
                " x^2+1",
                " 12 apples",
                " Alina",
                " the fifth",
                " \\text{None of these}"
            })
    void a_label_is_chosen_by_what_belongs_to_it_or_says_so(String following) {
        assertThat(Chosen.by(following, "A")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " is false",
                " cannot be",
                " was eliminated",
                " unlikely",
                " fails",
                " does not hold",
                " isn't it",
                " the wrong option",
                " 5 is wrong",
                " \\ne \\text{answer}",
                " \\text{ is out}",
                ", not A",
                " or none",
                " which is wrong",
                " is"
            })
    void a_label_is_not_chosen_by_a_sentence_about_it(String following) {
        assertThat(Chosen.by(following, "A")).isFalse();
    }
}
