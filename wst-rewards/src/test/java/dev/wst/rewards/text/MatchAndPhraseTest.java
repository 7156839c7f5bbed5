package dev.wst.rewards.text;

import static dev.wst.rewards.text.Attempts.MEGABYTE;
import static dev.wst.rewards.text.Attempts.attempt;
import static dev.wst.rewards.text.Attempts.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Attempt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatchAndPhraseTest {

    @ParameterizedTest
    @CsvSource({
        "'The Eiffel  Tower.', 'eiffel tower',      1",
        "'an apple, a day',    'apple day',         1",
        "'U.S.A.',             'USA',               1",
        "'well-known',         'wellknown',         1",
        "'\u00abParis\u00bb',  'paris',             1",
        "'theatre',            'atre',              0",
        "'the',                'a',                 0",
        "'...',                '!!!',               0",
        "'',                   'the',               0",
        "'Paris, France',      'Paris',             0",
    })
    void a_normalised_match_ignores_case_punctuation_and_articles(String text, String reference, double expected) {
        assertThat(score(MatchReward.normalised(), text, reference).value()).isEqualTo(expected);
    }

    @Test
    void a_verbatim_match_ignores_nothing() {
        assertThat(score(MatchReward.verbatim(), "Paris", "Paris").value()).isEqualTo(1);
        assertThat(score(MatchReward.verbatim(), "paris", "Paris").value()).isZero();
        assertThat(score(MatchReward.verbatim(), "Paris ", "Paris").value()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n"})
    void a_blank_reference_matches_nothing_and_misses_nothing(String blank) {
        for (MatchReward reward : List.of(
                MatchReward.verbatim(),
                MatchReward.exact(),
                MatchReward.normalised(),
                MatchReward.contained(),
                MatchReward.contained().after(":"))) {
            assertThat(score(reward, "", blank).reason()).contains("the reference of task t is blank");
            assertThat(score(reward, "Answer: Paris", blank).isScored()).isFalse();
        }
    }

    @Test
    void a_match_can_be_held_to_the_instruction() {
        Attempt attempt = attempt("Paris", "London", "Paris");
        assertThat(MatchReward.exact().score(attempt).value()).isZero();
        assertThat(MatchReward.exact().on(ScoredText.INSTRUCTION).score(attempt).value())
                .isEqualTo(1);
        assertThat(PhraseReward.oneOf("paris")
                        .on(ScoredText.INSTRUCTION)
                        .score(attempt)
                        .value())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'Yes, please.',         1",
        "'Thank   YOU very much', 1",
        "'pleased to meet you',  0",
        "'displease, please!',   1",
        "'thankyou',             0",
        "'',                     0",
        "'C++',                  1",
        "'C+++',                 1",
        "'please\u0301',         0",
    })
    void a_phrase_is_found_as_whole_words(String text, double expected) {
        assertThat(score(PhraseReward.oneOf("please", "thank you", "c++"), text).value())
                .isEqualTo(expected);
    }

    @Test
    void phrases_must_say_something() {
        assertThatThrownBy(PhraseReward::oneOf).hasMessageContaining("at least one");
        assertThatThrownBy(() -> PhraseReward.oneOf("yes", " ")).hasMessageContaining("[yes,  ]");
        assertThatThrownBy(() -> PhraseReward.oneOf("yes", "YES")).hasMessageContaining("must be different");
    }

    @Test
    void a_megabyte_is_searched() {
        assertThat(score(PhraseReward.oneOf("nobody", "42"), MEGABYTE).value()).isEqualTo(1);
        assertThat(score(PhraseReward.oneOf("know"), MEGABYTE).value()).isZero();
        assertThat(score(MatchReward.normalised(), MEGABYTE, "42").value()).isZero();
        assertThat(score(MatchReward.contained(), MEGABYTE, "42").value()).isEqualTo(1);
    }
}
