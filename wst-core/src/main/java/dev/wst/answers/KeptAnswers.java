package dev.wst.answers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import com.google.common.base.Enums;
import dev.wst.Answer;
import dev.wst.InvalidInputException;
import dev.wst.ModelCall;
import dev.wst.StudentClient;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The answers of models in a store: text, end and tokens, each under its call and which of several samples it is.
 *
 * <pre>{@code
 * KeptAnswers kept = KeptAnswers.of(store, "student");
 * Answer reply = kept.find(call, 0).orElseGet(() -> kept.keep(call, 0, student.answer(advice)));
 * }</pre>
 *
 * <p>An answer is kept before it is used. k samples of one call stay k answers, under the samples 0 to k - 1. Only what arrived
 * is kept; a failure is asked for again.
 */
public final class KeptAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_SHOWN = 100;

    private final AnswerStore store;
    private final String role;

    private KeptAnswers(AnswerStore store, String role) {
        this.store = Objects.requireNonNull(store, "store");
        this.role = Objects.requireNonNull(role, "role");
    }

    /**
     * The answers of models that are asked as this.
     *
     * @param role such as "student"; see {@link AnswerKey#of}
     */
    public static KeptAnswers of(AnswerStore store, String role) {
        return new KeptAnswers(store, role);
    }

    /**
     * The same student, asked only for what is not kept. To whoever asks it, it is the student itself: its answers count, and are paid
     * from a ledger, as if all were asked. So a search that is made again, with the same budget, comes to the same and goes on where it
     * was interrupted.
     *
     * <pre>{@code
     * StudentClient remembered = KeptAnswers.of(store, "student").around(student);
     * }</pre>
     */
    public StudentClient around(StudentClient student) {
        return new KeptStudent(this, student);
    }

    /** The answer to a call, if one was kept. */
    public Optional<Answer> find(ModelCall call, int sample) {
        return store.find(AnswerKey.of(role, call, sample)).map(KeptAnswers::read);
    }

    /**
     * Keeps an answer that arrived.
     *
     * @return the answer to use: this one or, where another thread or process was earlier, the one kept then; a failure comes back
     *     as it is
     */
    public Answer keep(ModelCall call, int sample, Answer answer) {
        if (!answer.hasArrived()) {
            return answer;
        }
        String ours = written(answer);
        String kept = store.keep(AnswerKey.of(role, call, sample), ours);
        return kept.equals(ours) ? answer : read(kept);
    }

    private static String written(Answer answer) {
        ObjectNode json = JSON.createObjectNode()
                .put("text", answer.text())
                .put("finish", answer.finish().name());
        answer.inputTokens().ifPresent(tokens -> json.put("input_tokens", tokens));
        answer.outputTokens().ifPresent(tokens -> json.put("output_tokens", tokens));
        return json.toString();
    }

    private static Answer read(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw unreadable(text, e);
        }
        JsonNode answer = json.path("text");
        Optional<Answer.Finish> finish = Enums.getIfPresent(
                        Answer.Finish.class, json.path("finish").asText())
                .toJavaUtil();
        if (!answer.isTextual() || finish.isEmpty()) {
            throw unreadable(text, null);
        }
        return Answer.of(
                answer.textValue(),
                finish.get(),
                tokens(json.path("input_tokens")),
                tokens(json.path("output_tokens")));
    }

    /** It is whole, as its checksum says, so somebody else wrote it. */
    private static InvalidInputException unreadable(String text, @Nullable Exception cause) {
        return new InvalidInputException(
                "the store of answers holds, in the place of an answer, what this version does not read: "
                        + Ascii.truncate(text, MOST_SHOWN, "...")
                        + "; was it written by a newer version, or by other code? Take that version, or another file",
                cause);
    }

    private static OptionalInt tokens(JsonNode count) {
        return count.isInt() ? OptionalInt.of(count.intValue()) : OptionalInt.empty();
    }
}
