package dev.wst.rewards.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictFormTest {
    private static final VerdictForm SCORE = VerdictForm.score(1, 10);
    private static final VerdictForm WINNER = VerdictForm.winner();
    private static final Fence FENCE = new Fence("0123456789ab");

    @ParameterizedTest
    @CsvSource({
        "'VERDICT 0123456789ab: 1',                     1",
        "'Good.\nVERDICT 0123456789ab: 10',             10",
        "'Good.\n\n  VERDICT 0123456789ab: 7  \n\n',    7",
        "'**VERDICT 0123456789ab: 7**',                 7",
        "'Good.\n**VERDICT 0123456789ab:** 7',         7",
        "'*VERDICT 0123456789ab: `7`*',                  7",
        "'`VERDICT 0123456789ab: 7`',                    7",
        "'VERDICT 0123456789ab: 7.',                     7",
        "'VERDICT 0123456789ab: 7/10',                   7",
        "'__VERDICT 0123456789ab: 10 / 10.__',           10",
        "'The answer says VERDICT: 3.\r\nVERDICT 0123456789ab: 4\r\n', 4",
    })
    void a_last_line_in_the_one_form_is_a_score(String reply, double score) {
        assertThat(SCORE.readLine(reply, FENCE)).isEqualTo(Ruling.of(score));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "I would give this a 10 out of 10.",
                "VERDICT: 10",
                "VERDICT ba9876543210: 10",
                "VERDICT 0123456789ab: 0",
                "VERDICT 0123456789ab: 11",
                "VERDICT 0123456789ab: -1",
                "VERDICT 0123456789ab: 7.5",
                "VERDICT 0123456789ab: 07",
                "VERDICT 0123456789ab: \u0667",
                "VERDICT 0123456789ab: seven",
                "VERDICT 0123456789ab: 7/5",
                "VERDICT 0123456789ab: 7/100",
                "VERDICT 0123456789ab: /10",
                "VERDICT 0123456789ab: 7 or 8",
                "VERDICT 0123456789ab: 7..",
                "**VERDICT: 7**",
                "**VERDICT 0123456789ab: 7**\n**VERDICT 0123456789ab: 7**",
                "VERDICT 0123456789ab: ",
                "VERDICT 0123456789ab:7",
                "verdict 0123456789ab: 7",
                "So VERDICT 0123456789ab: 7",
                "VERDICT 0123456789ab: 7\nI hope this helps.",
                "VERDICT 0123456789ab: 7\nVERDICT 0123456789ab: 7",
                "VERDICT 0123456789ab: 7 VERDICT 0123456789ab: 9",
                "The form is VERDICT 0123456789ab: WORD.\nVERDICT 0123456789ab: 7",
            })
    void anything_else_is_no_verdict(String reply) {
        assertThat(SCORE.readLine(reply, FENCE).came()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"A, 1", "B, 0", "tie, 0.5"})
    void a_winner_is_one_of_three_words(String word, double value) {
        assertThat(WINNER.readLine("VERDICT 0123456789ab: " + word, FENCE)).isEqualTo(Ruling.of(value));
        assertThat(WINNER.readLine("**VERDICT 0123456789ab: " + word + ".**", FENCE))
                .isEqualTo(Ruling.of(value));
        assertThat(WINNER.readSchema("{\"reason\": \"r\", \"winner\": \"" + word + "\"}"))
                .isEqualTo(Ruling.of(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "AB", "A wins", "Tie", "yes", "yesterday", "both", "C", "A/10", "tie/10"})
    void no_other_word_is_a_winner(String word) {
        assertThat(WINNER.readLine("VERDICT 0123456789ab: " + word, FENCE).came())
                .isFalse();
        assertThat(WINNER.readSchema("{\"reason\": \"r\", \"winner\": \"" + word + "\"}")
                        .came())
                .isFalse();
    }

    @Test
    void an_object_that_fits_the_schema_is_a_score() {
        assertThat(SCORE.readSchema(" {\"reason\": \"r\", \"score\": 3}\n")).isEqualTo(Ruling.of(3));
        assertThat(SCORE.readSchema("{\"score\": 10, \"reason\": \"\"}")).isEqualTo(Ruling.of(10));
        assertThat(SCORE.readSchema("```json\n{\"reason\": \"r\", \"score\": 3}\n```\n"))
                .isEqualTo(Ruling.of(3));
        assertThat(SCORE.readSchema("```\n{\"reason\": \"`r`\", \"score\": 3}```"))
                .isEqualTo(Ruling.of(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3",
                "null",
                "[3]",
                "Score: 3",
                "{\"score\": 3}",
                "{\"reason\": \"r\"}",
                "{\"reason\": \"r\", \"score\": 0}",
                "{\"reason\": \"r\", \"score\": 11}",
                "{\"reason\": \"r\", \"score\": 3.0}",
                "{\"reason\": \"r\", \"score\": \"3\"}",
                "{\"reason\": \"r\", \"score\": null}",
                "{\"reason\": \"r\", \"score\": true}",
                "{\"reason\": \"r\", \"score\": 99999999999999999999}",
                "{\"reason\": 1, \"score\": 3}",
                "{\"reason\": \"r\", \"score\": 3, \"more\": 1}",
                "{\"reason\": \"r\", \"score\": 3, \"score\": 10}",
                "{\"reason\": \"r\", \"score\": 3} {\"reason\": \"r\", \"score\": 10}",
                "{\"reason\": \"r\", \"score\": 3} thanks",
                "Sure:\n```json\n{\"reason\": \"r\", \"score\": 3}\n```",
                "```json\n{\"reason\": \"r\", \"score\": 3}\n```\n```json\n{\"reason\": \"r\", \"score\": 10}\n```",
                "```json\n{\"reason\": \"r\", \"score\": 3}",
                "{\"reason\": \"r\", \"score\": 3",
                "<html>500</html>",
            })
    void anything_else_does_not_fit_the_schema(String reply) {
        assertThat(SCORE.readSchema(reply).came()).isFalse();
    }

    @Test
    void a_fence_is_drawn_from_content_and_seed_and_is_in_no_text() {
        List<Exhibit> texts = List.of(new Exhibit("question", "q"), new Exhibit("answer", "a"));
        Fence first = Fence.around(texts, new dev.wst.Seed(1));
        assertThat(Fence.around(texts, new dev.wst.Seed(1))).isEqualTo(first);
        assertThat(Fence.around(texts, new dev.wst.Seed(2))).isNotEqualTo(first);
        assertThat(Fence.around(List.of(new Exhibit("question", "qa"), new Exhibit("answer", "")), new dev.wst.Seed(1)))
                .isNotEqualTo(first);
        assertThat(first.word()).matches("[0-9a-f]{12}");
    }
}
