package dev.wst.rewards.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelMentionsTest {
    private static LabelMentions mentions(String text) {
        return new LabelMentions(List.of(List.of("positive"), List.of("negative")), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I do not think that this is positive.",
                "I don't believe the overall tone here is positive.",
                "I can't say it is positive.",
                "I wouldn't call this review positive.",
                "far from positive",
                "It is anything but positive.",
                "It is hardly positive.",
                "I doubt it is positive."
            })
    void a_label_that_is_denied_as_an_opinion_is_not_given(String answer) {
        assertThat(mentions(answer).answers(0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I think that this is positive.",
                "I do not think so hard about it: positive.",
                "This is not hard, I think it is positive.",
                "I can't help but call it positive.",
                "I do not think that this is negative, but positive.",
                "The tone is far from neutral, so it is positive."
            })
    void a_denial_of_something_else_leaves_the_label(String answer) {
        assertThat(mentions(answer).answers(0)).isTrue();
    }
}
