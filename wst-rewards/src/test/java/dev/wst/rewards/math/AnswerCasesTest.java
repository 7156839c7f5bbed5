package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole answers against references, by kind. The kinds: corners and steps in a variable, whose samples must lie on both
 * sides (breakpoint, floor); choices that name several labels (letter); numbers in prose with all that belongs to them
 * (last); a recited prompt behind the answer (turn); which of several places holds the answer (finding); and forms of one
 * answer or near misses (compare). In pairs: what is said about the label of a choice (label) and options with their values
 * (option); values that belong together (tuple); rests and classes of rests (mod), signs (step) and corners of other functions
 * (corner); matrices, decimal commas (comma), decimals near a value (near), and operations to be carried out (uneval).
 *
 * <p>"Unscored" is demanded where no verdict can be had and "different" where there must be one; false is "not paid", which
 * allows either.
 */
class AnswerCasesTest {
    private static Stream<JsonNode> cases() {
        return Stream.of("public-reports.jsonl", "answers.jsonl", "pairs.jsonl").flatMap(AnswerCasesTest::lines);
    }

    private static Stream<JsonNode> lines(String name) {
        ObjectMapper mapper = new ObjectMapper();
        try (InputStream in = Objects.requireNonNull(AnswerCasesTest.class.getResourceAsStream(name));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<JsonNode> cases = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                cases.add(mapper.readTree(line));
            }
            return cases.stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_case_is_judged_as_it_should_be(JsonNode json) {
        MathReward reward = json.get("kind").asText().contains("gsm8k") ? MathReward.gsm8k() : MathReward.math();
        Task task = Task.of("case", "?", json.get("gold").asText());
        Answer answer = Answer.of(json.get("answer").asText());
        Reward scored = reward.score(Attempt.of(task, Instruction.none(), answer));
        String expected = json.get("expected").asText();
        if (expected.equals("unscored")) {
            assertThat(scored.isScored()).as(json.toString()).isFalse();
        } else if (expected.equals("different")) {
            assertThat(scored.isScored()).as(json.toString()).isTrue();
            assertThat(scored.value()).as(json.toString()).isZero();
        } else {
            boolean paid = scored.isScored() && scored.value() == 1;
            assertThat(paid).as(json.toString()).isEqualTo(expected.equals("true"));
        }
    }
}
