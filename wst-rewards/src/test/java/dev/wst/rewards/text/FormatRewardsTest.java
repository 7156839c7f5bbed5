package dev.wst.rewards.text;

import static dev.wst.rewards.text.Attempts.MEGABYTE;
import static dev.wst.rewards.text.Attempts.attempt;
import static dev.wst.rewards.text.Attempts.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FormatRewardsTest {
    private static final String SCHEMA = """
            {"type": "object", "required": ["answer"], "additionalProperties": false,
             "properties": {"answer": {"type": "integer"}, "code": {"type": "string", "pattern": "^(a+)+c?$"}}}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"answer\": 42}                 | 1 | 1",
                "`  {\"answer\": 42} `             | 1 | 1",
                "{\"answer\": 42, \"code\": \"aa\"} | 1 | 1",
                "{\"answer\": \"42\"}             | 1 | 0",
                "{}                               | 1 | 0",
                "{\"answer\": 1, \"more\": 2}     | 1 | 0",
                "[42]                             | 1 | 0",
                "42                               | 1 | 0",
                "{\"answer\": 42} done            | 0 | 0",
                "```json {\"answer\": 42} ```     | 0 | 0",
                "{\"answer\": 42                  | 0 | 0",
                "{\"answer\": 1, \"answer\": 2}   | 0 | 0",
                "{answer: 42}                     | 0 | 0",
                "``                               | 0 | 0",
            })
    void json_must_be_json_and_satisfy_the_schema(String text, double json, double valid) {
        Reward verdict = score(JsonSchemaReward.of(SCHEMA), text);
        assertThat(verdict).isEqualTo(Reward.of(valid, Map.of("json", json, "given_up", 0.0)));
    }

    @Test
    void hostile_json_gets_a_verdict() {
        RewardFunction anything = JsonSchemaReward.of("{\"items\": {\"$ref\": \"#\"}}");
        assertThat(score(anything, "[".repeat(100_000)).value()).isZero();
        assertThat(score(anything, "[".repeat(190) + "]".repeat(190)).value()).isEqualTo(1);
        assertThat(score(anything, "[".repeat(210) + "]".repeat(210)).value()).isZero();
        assertThat(score(anything, "[" + "1,".repeat(100_000) + "1]").value()).isEqualTo(1);
        assertThat(score(anything, MEGABYTE).value()).isZero();
        assertThat(score(anything, "1" + "0".repeat(1_000_000)).parts()).containsEntry("json", 0.0);
        Reward long60 =
                score(JsonSchemaReward.of(SCHEMA), "{\"answer\": 1, \"code\": \"" + "a".repeat(60_000) + "b\"}");
        assertThat(long60).isEqualTo(Reward.of(0, Map.of("json", 1.0, "given_up", 0.0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"intger\"}",
                "{\"type\": ",
                "[1]",
                "",
                "{\"properties\": 3}",
                "{\"pattern\": \"(\"}",
                "{\"$ref\": \"#/$defs/absent\"}",
                "{\"$ref\": \"http://127.0.0.1:9/schema.json\"}",
                "{\"$schema\": \"http://127.0.0.1:9/own.json\"}",
                "{\"minLength\": -1}",
            })
    void a_broken_schema_fails_at_construction(String schema) {
        assertThatThrownBy(() -> JsonSchemaReward.of(schema)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_schema_may_be_of_an_older_draft() {
        RewardFunction draft7 = JsonSchemaReward.of(
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"type\": \"integer\"}");
        assertThat(score(draft7, "4").value()).isEqualTo(1);
        assertThat(score(draft7, "true").value()).isZero();
    }

    @Test
    void a_regular_expression_matches_the_whole_or_is_found() {
        assertThat(score(RegexReward.matching("\\d+"), "42").value()).isEqualTo(1);
        assertThat(score(RegexReward.matching("\\d+"), "42!").value()).isZero();
        assertThat(score(RegexReward.finding("\\d+"), "It is 42!").value()).isEqualTo(1);
        assertThat(score(RegexReward.finding("\\d+"), "no number").value()).isZero();
        assertThatThrownBy(() -> RegexReward.matching("a("))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a regular expression")
                .hasMessageContaining("a(");
        assertThatThrownBy(() -> RegexReward.finding("[")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Each of these makes an engine that tries all ways run for ever, or deeper than its stack, or now this and now that. */
    @ParameterizedTest
    @CsvSource({
        "(a+)+b, a",
        "(a|a)*b, a",
        "(a|b)*c, ab",
        "(a?){30}c, a",
        "(?s)(.*)(.*)(.*)(.*)z, ab",
        "(x+x+)+y, x",
        "(?:a|b|ab)*c, ab"
    })
    void a_search_ends_whatever_the_expression_and_the_text(String regex, String piece) {
        String text = piece.repeat(100_000 / piece.length());
        RewardFunction whole = RegexReward.matching(regex);
        RewardFunction part = RegexReward.finding(regex);
        for (int again = 0; again < 3; again++) {
            assertThat(score(whole, text)).isEqualTo(Reward.of(0));
            assertThat(score(part, text)).isEqualTo(Reward.of(0));
        }
        assertThat(score(RegexReward.matching("(?:a|b|x)*"), text)).isEqualTo(Reward.of(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a)\\1", "(?=a)b", "(?<=a)b", "(?>a)b", "a*+b", "(?!a)b"})
    void what_can_only_be_searched_for_by_trying_is_refused(String regex) {
        assertThatThrownBy(() -> RegexReward.finding(regex))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("linear time");
    }

    /** The kind: a schema whose branches go over the same part of a text again doubles its work with each level. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'anyOf':[{'properties':{'a':{'$ref':'#'},'b':false}},{'properties':{'a':{'$ref':'#'},'c':false}}]}",
                "{'oneOf':[{'properties':{'a':{'$ref':'#'}}},{'properties':{'a':{'$ref':'#'}},'required':['z']}]}",
                "{'allOf':[{'properties':{'a':{'$ref':'#'}}},{'properties':{'a':{'$ref':'#'}}}]}",
                "{'items':{'anyOf':[{'$ref':'#'},{'$ref':'#'},{'type':'integer'}]},'minItems':1,'type':'array'}",
                "{'if':{'properties':{'a':{'$ref':'#'}}},'then':{'properties':{'a':{'$ref':'#'}}}}",
                "{'not':{'anyOf':[{'properties':{'a':{'$ref':'#'}}},{'properties':{'a':{'$ref':'#'}}}]}}",
                "{'unevaluatedProperties':false,'anyOf':[{'properties':{'a':{'$ref':'#'}}},"
                        + "{'properties':{'a':{'$ref':'#'},'b':true}}]}"
            })
    // Without a bound on their work these would take years.
    @Timeout(300)
    void branches_that_double_with_each_level_are_given_up(String schema) {
        RewardFunction reward = JsonSchemaReward.of(schema.replace('\'', '"'));
        for (String text : List.of(
                "{\"a\":".repeat(60) + "{\"b\":1,\"c\":1}" + "}".repeat(60),
                "[".repeat(120) + "]".repeat(120),
                "{\"a\":".repeat(190) + "\"x\"" + "}".repeat(190))) {
            Reward first = score(reward, text);
            assertThat(first.parts()).containsEntry("json", 1.0);
            assertThat(score(reward, text)).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "80, 0", "81, -0.05", "90, -0.5", "100, -1", "101, -1", "1000000, -1"})
    void the_soft_punishment_of_overlong_texts_is_that_of_the_paper(int length, double expected) {
        // DAPO eq. 13 with L_max 100 and L_cache 20: (80 - length) / 20 between 80 and 100
        Reward verdict = score(LengthReward.softOverlong(100, 20), "x".repeat(length));
        assertThat(verdict.value()).isCloseTo(expected, within(1e-12));
        assertThat(verdict.parts()).containsEntry("length", (double) length);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "25, 0.8535533905932737", "50, 0.5", "100, 0", "200, 0"})
    void a_cosine_falls_from_one_to_zero(int length, double expected) {
        // (1 + cos(pi/4)) / 2 = 0.853553...
        assertThat(score(LengthReward.cosine(100), "x".repeat(length)).value()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void length_is_counted_in_the_unit_asked_for_and_on_the_text_asked_for() {
        Attempt attempt = Attempt.of(
                Task.of("t", "q"),
                Instruction.sampled("be \uD83D\uDE00", new int[] {5, 6, 7}, new double[3], Instruction.Ending.STOP),
                Answer.of("Two w\u00f6rds, \u4e2d\u6587", Answer.Finish.STOP, OptionalInt.empty(), OptionalInt.of(9)));
        LengthReward reward = LengthReward.softOverlong(10, 5);
        assertThat(length(reward, attempt)).isEqualTo(13);
        assertThat(length(reward.in(LengthUnit.WORDS), attempt)).isEqualTo(4);
        assertThat(length(reward.in(LengthUnit.TOKENS), attempt)).isEqualTo(9);
        assertThat(length(reward.on(ScoredText.INSTRUCTION), attempt)).isEqualTo(4);
        assertThat(length(reward.on(ScoredText.INSTRUCTION).in(LengthUnit.TOKENS), attempt))
                .isEqualTo(3);
    }

    private static double length(RewardFunction reward, Attempt attempt) {
        return reward.score(attempt).parts().getOrDefault("length", -1.0);
    }

    @Test
    void tokens_nobody_counted_are_no_verdict() {
        LengthReward reward = LengthReward.cosine(10).in(LengthUnit.TOKENS);
        assertThat(score(reward, "answer").reason()).contains("student did not report");
        assertThat(reward.on(ScoredText.INSTRUCTION)
                        .score(attempt("by hand", "x", "gold"))
                        .reason())
                .contains("was not sampled");
        assertThat(reward.on(ScoredText.INSTRUCTION)
                        .score(attempt("", "x", "gold"))
                        .value())
                .isEqualTo(1);
        assertThat(score(CosineLengthReward.of(MatchReward.exact(), 9).in(LengthUnit.TOKENS), "answer")
                        .isScored())
                .isFalse();
    }

    @Test
    void limits_are_refused_with_their_value() {
        assertThatThrownBy(() -> LengthReward.softOverlong(0, 1)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> LengthReward.softOverlong(10, 0)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> LengthReward.softOverlong(10, 11)).hasMessageContaining("limit of 10, got 11");
        assertThatThrownBy(() -> LengthReward.cosine(-1)).hasMessageContaining("got -1");
        assertThatThrownBy(() -> RepetitionReward.nGrams(0)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> RepetitionReward.compression(0.5)).hasMessageContaining("got 0.5");
        assertThatThrownBy(() -> CosineLengthReward.of(MatchReward.exact(), 0)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> CosineLengthReward.of(MatchReward.exact(), 9).right(1, Double.NaN))
                .hasMessageContaining("NaN");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, -1",
        "50, 0.75, -0.75",
        "100, 0.5, -0.5",
        "900, 0.5, -0.5",
    })
    void right_answers_should_be_short_and_wrong_ones_may_be_long(int length, double right, double wrong) {
        CosineLengthReward yes = CosineLengthReward.of(attempt -> Reward.of(1, Map.of("rule", 2.0)), 100);
        CosineLengthReward no = CosineLengthReward.of(attempt -> Reward.of(0), 100);
        Reward verdict = score(yes, "x".repeat(length));
        assertThat(verdict.value()).isCloseTo(right, within(1e-12));
        assertThat(verdict.parts()).isEqualTo(Map.of("right", 1.0, "right/rule", 2.0, "length", (double) length));
        assertThat(score(no, "x".repeat(length)).value()).isCloseTo(wrong, within(1e-12));
        assertThat(score(yes.right(4, 2).wrong(9, 9), "x".repeat(50)).value()).isCloseTo(3, within(1e-12));
        assertThat(score(no.right(9, 9).wrong(-4, -2), "x".repeat(50)).value()).isCloseTo(-3, within(1e-12));
    }

    @Test
    void a_scaled_grader_stays_asynchronous_and_may_be_silent() {
        CompletableFuture<Reward> later = new CompletableFuture<>();
        CosineLengthReward reward = CosineLengthReward.of(RewardFunction.async(attempt -> later), 10);
        var pending = reward.scoreAll(List.of(attempt("", "x", "gold"), attempt("", "y", "gold")))
                .toCompletableFuture();
        assertThat(pending).isNotDone();
        later.complete(Reward.unscored("no judge"));
        assertThat(pending.join()).extracting(r -> r.reason()).containsExactly("no judge", "no judge");
    }

    @Test
    void repeated_words_cost_their_share() {
        // a b a b a b: bigrams ab ba ab ba ab, 2 of 5 distinct
        assertThat(score(RepetitionReward.nGrams(2), "a b, A B; a b").value()).isCloseTo(-0.6, within(1e-12));
        assertThat(score(RepetitionReward.nGrams(2), "all words here differ").value())
                .isZero();
        assertThat(score(RepetitionReward.nGrams(3), "too short").value()).isZero();
        assertThat(score(RepetitionReward.nGrams(3), "").value()).isZero();
        assertThat(RepetitionReward.nGrams(1)
                        .on(ScoredText.INSTRUCTION)
                        .score(attempt("no no", "x y", "gold"))
                        .value())
                .isEqualTo(-0.5);
        // 7 words a sentence repeat: 7 distinct of 196000 - 2 trigrams
        assertThat(score(RepetitionReward.nGrams(3), MEGABYTE).value()).isCloseTo(7.0 / 195_998 - 1, within(1e-12));
    }

    @Test
    void what_compresses_too_well_repeats_itself() {
        RepetitionReward reward = RepetitionReward.compression(2.4);
        Reward prose = score(reward, "Pack my box with five dozen liquor jugs, then judge the quick brown fox.");
        assertThat(prose.value()).isZero();
        assertThat(prose.parts().get("compression_ratio")).isBetween(0.8, 2.4);
        Reward loop = score(reward, MEGABYTE);
        // 38 bytes 28000 times: zlib's longest match is 258 bytes, so the ratio is some hundreds
        assertThat(loop.parts().get("compression_ratio")).isBetween(100.0, 1032.0);
        assertThat(loop.value())
                .isCloseTo(2.4 / loop.parts().getOrDefault("compression_ratio", 0.0) - 1, within(1e-12))
                .isBetween(-1.0, -0.97);
        assertThat(score(reward, "").value()).isZero();
    }
}
