package dev.wst.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Situation;
import dev.wst.Task;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A line of rollouts.jsonl: one answer, with the attempts before it, and its verdict. */
final class RolloutLine {
    private static final String BETWEEN = ": ";
    private static final String STUDENT = "student";
    private static final String NUMBER = "answer_number";
    private static final String TURNS = "turns";
    private static final String TOKENS = "tokens";
    private static final String LOG_PROBABILITIES = "log_probabilities";
    private static final String ENDING = "ending";

    private RolloutLine() {}

    /** @param texts what is written for a text */
    static ObjectNode of(String split, int step, Rollout rollout, UnaryOperator<String> texts) {
        Attempt attempt = rollout.attempt();
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("split", split)
                .put("step", step)
                .put("task", attempt.task().id())
                .put("sample", attempt.sample());
        attempt.student().ifPresent(name -> line.put(STUDENT, name));
        attempt.number().ifPresent(number -> line.put(NUMBER, number));
        ArrayNode turns = line.putArray(TURNS);
        attempt.withDrafts().forEach(one -> turn(one, turns.addObject(), texts));
        if (rollout.reward().isScored()) {
            line.put("reward", rollout.reward().value());
        } else {
            line.put("unscored", texts.apply(rollout.reward().reason()));
        }
        ObjectNode parts = line.putObject("parts");
        rollout.reward().parts().forEach(parts::put);
        return line;
    }

    /** The same with the tokens of instructions, and the log-probability of each when it was drawn. */
    static ObjectNode withTokens(String split, int step, Rollout rollout, UnaryOperator<String> texts) {
        ObjectNode line = of(split, step, rollout, texts);
        List<Attempt> attempts = rollout.attempt().withDrafts();
        for (int i = 0; i < attempts.size(); i++) {
            tokens(attempts.get(i).instruction(), (ObjectNode) line.path(TURNS).path(i));
        }
        return line;
    }

    private static void tokens(Instruction instruction, ObjectNode turn) {
        turn.put(ENDING, instruction.ending().name());
        ArrayNode tokens = turn.putArray(TOKENS);
        Arrays.stream(instruction.tokens()).forEach(tokens::add);
        ArrayNode logProbabilities = turn.putArray(LOG_PROBABILITIES);
        Arrays.stream(instruction.logProbabilities()).forEach(logProbabilities::add);
    }

    private static void turn(Attempt attempt, ObjectNode line, UnaryOperator<String> texts) {
        Answer answer = attempt.answer();
        line.put("instruction", texts.apply(attempt.instruction().text()));
        line.put("instruction_tokens", attempt.instruction().tokenCount());
        answer.failure()
                .ifPresent(failure -> line.put("failure", failure.kind() + BETWEEN + texts.apply(failure.message())));
        if (answer.hasArrived()) {
            line.put("answer", texts.apply(answer.text()));
            line.put("finish", answer.finish().name());
            answer.inputTokens().ifPresent(count -> line.put("input_tokens", count));
            answer.outputTokens().ifPresent(count -> line.put("output_tokens", count));
        }
    }

    /** @param tasks finds a task by its id */
    static RecordedRollout read(JsonNode line, Function<String, Task> tasks) {
        Situation situation = Situation.of(
                tasks.apply(line.path("task").asText()), line.path("sample").asInt());
        JsonNode turns = line.path(TURNS);
        for (int i = 0; i < turns.size() - 1; i++) {
            situation = situation.after(attempt(situation, turns.get(i)));
        }
        Attempt last = attempt(situation, turns.path(turns.size() - 1))
                .from(Optional.ofNullable(line.get(STUDENT)).map(JsonNode::asText), count(line, NUMBER));
        return new RecordedRollout(
                line.path("split").asText(), line.path("step").asInt(), new Rollout(last, reward(line)));
    }

    private static Attempt attempt(Situation situation, JsonNode turn) {
        return new Advice(situation, instruction(turn)).answered(answer(turn));
    }

    private static Instruction instruction(JsonNode turn) {
        String text = turn.path("instruction").asText();
        int[] tokens = values(turn.path(TOKENS)).mapToInt(JsonNode::asInt).toArray();
        return tokens.length == 0
                ? Instruction.fixed(text)
                : Instruction.sampled(
                        text,
                        tokens,
                        values(turn.path(LOG_PROBABILITIES))
                                .mapToDouble(JsonNode::asDouble)
                                .toArray(),
                        Instruction.Ending.valueOf(turn.path(ENDING).asText()));
    }

    private static Stream<JsonNode> values(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Answer answer(JsonNode turn) {
        if (turn.has("answer")) {
            return Answer.of(
                    turn.path("answer").asText(),
                    Answer.Finish.valueOf(turn.path("finish").asText(Answer.Finish.UNKNOWN.name())),
                    count(turn, "input_tokens"),
                    count(turn, "output_tokens"));
        }
        String failure = turn.path("failure").asText();
        int end = failure.indexOf(BETWEEN);
        return Answer.failed(
                Answer.FailureKind.valueOf(failure.substring(0, end)),
                failure.substring(end + BETWEEN.length()),
                Optional.empty());
    }

    private static OptionalInt count(JsonNode turn, String name) {
        return turn.has(name) ? OptionalInt.of(turn.path(name).asInt()) : OptionalInt.empty();
    }

    private static Reward reward(JsonNode line) {
        Map<String, Double> parts = new LinkedHashMap<>();
        line.path("parts").forEachEntry((name, part) -> parts.put(name, part.asDouble()));
        return line.has("reward")
                ? Reward.of(line.path("reward").asDouble(), parts)
                : Reward.unscored(line.path("unscored").asText(), parts);
    }
}
