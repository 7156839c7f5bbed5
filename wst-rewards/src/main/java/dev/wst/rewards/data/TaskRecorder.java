package dev.wst.rewards.data;

import com.google.common.hash.Hashing;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.wst.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the questions that an app asks its chat model, as a task file to train a teacher on: a LangChain4j listener that
 * writes one JSON line for each question answered, in the form that {@link TaskFile} reads.
 *
 * <pre>{@code
 * TaskRecorder recorder = TaskRecorder.builder(Path.of("traffic.jsonl"))
 *         .redactedBy(TaskRecorder.hashing("a secret", TaskRecorder.MAIL_ADDRESS))
 *         .rate(0.1, new Seed(17))
 *         .build();
 * listeners.add(recorder); // of the model that the app asks
 * recorder.feedback(chatModel.chat(request).id(), 1);
 * }</pre>
 *
 * <p>The question is the text of a request's last message where that is a user's; the attribute {@code turns} says how many
 * messages of the user the request had. Give it to the model that the app itself asks: further in, a question carries the
 * teacher's instruction. Questions that are the same after redaction are recorded once.
 *
 * <p>Several threads may use it. It never fails a call of the app: what goes wrong is logged the first time and counted.
 */
public final class TaskRecorder implements ChatModelListener, AutoCloseable {
    /** Finds what looks like a mail address. */
    public static final Pattern MAIL_ADDRESS =
            Pattern.compile("[^\\s@<>()\"]{1,64}@[^\\s@<>()\"]{0,254}[\\p{L}\\p{N}]");

    private static final Logger LOG = LoggerFactory.getLogger(TaskRecorder.class);

    /** What became of a question, or of feedback. */
    public enum Outcome {
        /** A line was written. */
        RECORDED,
        /** The same question stands in the file. */
        REPEATED,
        /** It was not among those drawn. */
        NOT_DRAWN,
        /** The request ends with no text of a user. */
        NO_QUESTION,
        /** The file has reached its bound. */
        FILE_FULL,
        /** It could not be redacted or written. */
        FAILED,
        /** Feedback was written. */
        FEEDBACK,
        /** Feedback came for an answer that is not recorded. */
        FEEDBACK_UNKNOWN
    }

    private final RecordedTasks file;
    private final UnaryOperator<String> redaction;
    private final double rate;
    private final Seed seed;
    private final boolean withAnswers;
    private final Map<Outcome, AtomicLong> counts = new EnumMap<>(Outcome.class);

    private TaskRecorder(Builder builder, RecordedTasks file, UnaryOperator<String> redaction) {
        this.file = file;
        this.redaction = redaction;
        this.rate = builder.rate;
        this.seed = builder.seed;
        this.withAnswers = builder.withAnswers;
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new AtomicLong());
        }
    }

    /**
     * Begins one.
     *
     * @param file added to if it exists and was written by a recorder; nobody else may write it meanwhile
     */
    public static Builder builder(Path file) {
        return new Builder(file);
    }

    /**
     * A redaction that replaces what matches a pattern by eight hexadecimal digits of its HMAC-SHA-256: the same name becomes
     * the same digits, and nobody without the key can try names out.
     *
     * @param key a secret; not empty
     */
    public static UnaryOperator<String> hashing(String key, Pattern... patterns) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("hashing needs a secret key, got an empty one");
        }
        List<Pattern> all = List.of(patterns);
        byte[] secret = key.getBytes(StandardCharsets.UTF_8);
        return text -> {
            String redacted = text;
            for (Pattern pattern : all) {
                redacted = pattern.matcher(redacted)
                        .replaceAll(match -> Hashing.hmacSha256(secret)
                                .hashString(match.group(), StandardCharsets.UTF_8)
                                .toString()
                                .substring(0, 8));
            }
            return redacted;
        };
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        attempt(() -> record(context));
    }

    /**
     * Adds what the user thought of an answer to its question's line, as the attribute {@code feedback}; the last given counts.
     * Feedback is known by its answer for the last 10,000 answers, over restarts for those with a line of their own.
     *
     * @param responseId the id of the ChatResponse
     * @param value from 0, useless, to 1, what was wanted
     * @throws IllegalArgumentException if the value is not in that range
     */
    public void feedback(String responseId, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("feedback goes from 0 to 1, got " + value);
        }
        attempt(() -> file.feedback(responseId, value) ? Outcome.FEEDBACK : Outcome.FEEDBACK_UNKNOWN);
    }

    /** How often each outcome came about since this recorder was made. */
    public Map<Outcome, Long> counts() {
        Map<Outcome, Long> now = new EnumMap<>(Outcome.class);
        counts.forEach((outcome, count) -> now.put(outcome, count.get()));
        return now;
    }

    private interface Attempt {
        Outcome run() throws IOException;
    }

    private void attempt(Attempt attempt) {
        try {
            Outcome outcome = attempt.run();
            if (count(outcome) == 1 && outcome == Outcome.FILE_FULL) {
                LOG.warn("{} is full; further questions are only counted", file.path());
            }
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // A redaction may fail as well, a pattern by recursing too deeply.
            if (count(Outcome.FAILED) == 1) {
                LOG.warn("a question was not recorded in {}; further failures are only counted", file.path(), e);
            }
        }
    }

    private long count(Outcome outcome) {
        return Objects.requireNonNull(counts.get(outcome)).incrementAndGet();
    }

    private Outcome record(ChatModelResponseContext context) throws IOException {
        List<ChatMessage> messages = context.chatRequest().messages();
        Optional<String> question = question(messages);
        if (question.isEmpty()) {
            return Outcome.NO_QUESTION;
        }
        String redacted = redaction.apply(question.get()).strip();
        if (redacted.isEmpty()) {
            return Outcome.NO_QUESTION;
        }
        String responseId = context.chatResponse().id();
        String id = Hashing.sha256()
                .hashString(redacted, StandardCharsets.UTF_8)
                .toString()
                .substring(0, 16);
        if (!isDrawn(id)) {
            return Outcome.NOT_DRAWN;
        }
        if (file.holds(id, responseId)) {
            return Outcome.REPEATED;
        }
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("id", id);
        task.put("question", redacted);
        answer(context).ifPresent(answer -> task.put("given", answer));
        task.put(
                "turns", messages.stream().filter(UserMessage.class::isInstance).count());
        return file.add(id, responseId, task);
    }

    private Optional<String> answer(ChatModelResponseContext context) {
        return Optional.ofNullable(
                        withAnswers ? context.chatResponse().aiMessage().text() : null)
                .map(redaction);
    }

    private static Optional<String> question(List<ChatMessage> messages) {
        return messages.get(messages.size() - 1) instanceof UserMessage user && user.hasSingleText()
                ? Optional.of(user.singleText())
                : Optional.empty();
    }

    /** By the question, so that the same is drawn always or never. */
    private boolean isDrawn(String id) {
        return (seed.derive(id).value() >>> 11) * 0x1p-53 < rate;
    }

    /** Lets go of the file; what is asked later is counted as failed. */
    @Override
    public void close() {
        file.close();
    }

    /** Says what is recorded, and how. */
    public static final class Builder {
        private static final long MOST_BYTES = 64L << 20;

        private final Path path;
        private @Nullable UnaryOperator<String> redaction;
        private double rate = 1;
        private Seed seed = new Seed(0);
        private long mostBytes = MOST_BYTES;
        private boolean withAnswers;

        private Builder(Path path) {
            this.path = path;
        }

        /** What takes out of a text what must not be kept; required, as people write what they would not publish. */
        public Builder redactedBy(UnaryOperator<String> value) {
            redaction = value;
            return this;
        }

        /**
         * Records a share of the questions only; all unless given.
         *
         * @param share above 0, at most 1
         * @param draw decides which
         */
        public Builder rate(double share, Seed draw) {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("the rate is a share above 0 and at most 1, got " + share);
            }
            rate = share;
            seed = draw;
            return this;
        }

        /** The most bytes that the file grows to; 64 MB (of 2^20 bytes) unless given. */
        public Builder mostBytes(long value) {
            if (value < 1) {
                throw new IllegalArgumentException("the file needs some bytes, got " + value);
            }
            mostBytes = value;
            return this;
        }

        /** Keeps the redacted answer too, as the attribute {@code given}: it is what feedback is about, not the reference. */
        public Builder withAnswers() {
            withAnswers = true;
            return this;
        }

        /**
         * Opens the file.
         *
         * @throws IllegalStateException if nothing was said of redaction
         * @throws TaskFileException if the file cannot be written, is being written by another recorder or holds something else
         */
        public TaskRecorder build() {
            if (redaction == null) {
                throw new IllegalStateException(
                        "a recorder must be told how to redact: redactedBy(TaskRecorder.hashing(...)),"
                                + " a function of yours, or text -> text where nothing needs it");
            }
            return new TaskRecorder(this, RecordedTasks.open(path, mostBytes), redaction);
        }
    }
}
