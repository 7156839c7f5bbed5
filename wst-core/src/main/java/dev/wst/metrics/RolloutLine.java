package dev.wst.metrics;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A line of rollouts.jsonl: one answer, with the attempts before it, and its verdict. */
final class RolloutLine {
    private static final String BETWEEN = ": ";
    private static final String STUDENT = "student";
    private static final String NUMBER = "answer_number";
    private static final String TURNS = "turns";
    private static final String TOKENS = "tokens";
    private static final String LOG_PROBABILITIES = "log_probabilities";
    private static final String ENDING = "ending";
    private static final String FAILURE = "failure";

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
                .ifPresent(failure -> line.put(FAILURE, failure.kind() + BETWEEN + texts.apply(failure.message())));
        if (answer.hasArrived()) {
            line.put("answer", texts.apply(answer.text()));
            line.put("finish", answer.finish().name());
            answer.inputTokens().ifPresent(count -> line.put("input_tokens", count));
            answer.outputTokens().ifPresent(count -> line.put("output_tokens", count));
        }
    }

    /** @param tasks finds a task by its id, or throws an IllegalArgumentException */
    static RecordedRollout read(RecordedObject line, Function<String, Task> tasks) {
        return new RecordedRollout(line.text("split"), line.count("step"), rollout(line, tasks));
    }

    /** Only the rollout, of a line without step and split too. */
    static Rollout rollout(RecordedObject line, Function<String, Task> tasks) {
        return line.made(() -> new Rollout(attempt(line, tasks.apply(line.text("task"))), reward(line)));
    }

    private static Attempt attempt(RecordedObject line, Task task) {
        List<RecordedObject> turns = line.objects(TURNS);
        if (turns.isEmpty()) {
            throw new IllegalArgumentException(TURNS + " should hold what was tried, but is empty");
        }
        Situation situation = Situation.of(task, line.count("sample"));
        for (RecordedObject draft : turns.subList(0, turns.size() - 1)) {
            situation = situation.after(attempt(situation, draft));
        }
        return attempt(situation, turns.get(turns.size() - 1))
                .from(line.optionalText(STUDENT), line.optionalCount(NUMBER));
    }

    private static Attempt attempt(Situation situation, RecordedObject turn) {
        return new Advice(situation, instruction(turn)).answered(answer(turn));
    }

    private static Instruction instruction(RecordedObject turn) {
        String text = turn.text("instruction");
        int[] tokens = turn.listOfCounts(TOKENS);
        return tokens.length == 0
                ? Instruction.fixed(text)
                : Instruction.sampled(
                        text,
                        tokens,
                        turn.listOfNumbers(LOG_PROBABILITIES),
                        turn.one(ENDING, Instruction.Ending.class));
    }

    private static Answer answer(RecordedObject turn) {
        if (turn.has("answer")) {
            return Answer.of(
                    turn.text("answer"),
                    turn.has("finish") ? turn.one("finish", Answer.Finish.class) : Answer.Finish.UNKNOWN,
                    turn.optionalCount("input_tokens"),
                    turn.optionalCount("output_tokens"));
        }
        String failure = turn.text(FAILURE);
        int end = failure.indexOf(BETWEEN);
        if (end < 0) {
            throw new IllegalArgumentException(
                    FAILURE + " should be a kind, \"" + BETWEEN + "\" and a message, but is " + failure);
        }
        return Answer.failed(
                turn.one(FAILURE, failure.substring(0, end), Answer.FailureKind.class),
                failure.substring(end + BETWEEN.length()),
                Optional.empty());
    }

    private static Reward reward(RecordedObject line) {
        Map<String, Double> parts = line.numbers("parts");
        return line.has("reward")
                ? Reward.of(line.number("reward"), parts)
                : Reward.unscored(line.text("unscored"), parts);
    }
}
