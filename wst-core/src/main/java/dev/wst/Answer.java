package dev.wst;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came back from the student: a text, or the failure that prevented it. An answer that never arrived is not a wrong
 * answer: its rollout leaves the batch and is counted, it is never scored.
 *
 * <pre>{@code
 * StudentClient student = advice -> {
 *     String text = chatModel.chat(advice.instruction().text() + "\n" + advice.task().prompt());
 *     return text.isBlank() ? Answer.failed(Answer.FailureKind.EMPTY, "only white space") : Answer.of(text);
 * };
 * }</pre>
 */
public final class Answer {
    private final Optional<String> text;
    private final Optional<Failure> failure;
    private final Finish finish;
    private final OptionalInt inputTokens;
    private final OptionalInt outputTokens;

    /** Why the student stopped. */
    public enum Finish {
        STOP,
        /** Cut at its limit of tokens. */
        LENGTH,
        /** The student did not say. */
        UNKNOWN
    }

    /** What kept an answer from arriving. */
    public enum FailureKind {
        TIMEOUT,
        /** The student refuses more calls of this caller for now. */
        RATE_LIMIT,
        /** The student's server has more to do than it can, whoever asks. */
        OVERLOADED,
        AUTHENTICATION,
        /** There is no such model, or nothing at that address. */
        NOT_FOUND,
        /** The student refused the request as malformed or too long. */
        INVALID_REQUEST,
        /** It answered with no text at all. */
        EMPTY,
        /** Withheld, or cut off, by the provider's filter: what is left of it is not what the student would have said. */
        CONTENT_FILTER,
        /** No connection could be made: nobody has heard the question. */
        UNREACHABLE,
        /** The connection broke before the whole answer had come: the question may have been heard, and the work be charged. */
        BROKEN_OFF,
        /** Anything else: a server error, an exception in the client. */
        ERROR;

        /**
         * What kept an answer from coming over a connection, told by the types of the exceptions of Java's clients and of the usual
         * other ones, whatever they are wrapped in.
         *
         * @return {@link #UNREACHABLE}, {@link #BROKEN_OFF}, or empty where it is no fault of the connection or cannot be told
         */
        public static Optional<FailureKind> ofConnection(Throwable thrown) {
            return ConnectionFault.kind(thrown);
        }

        /** Whether the same question may well be answered later. */
        public boolean isTemporary() {
            return isOutage() || this == TIMEOUT || this == RATE_LIMIT || this == OVERLOADED || this == ERROR;
        }

        /** Whether it tells of the connection, and of nothing that the student said or did. */
        public boolean isOutage() {
            return this == UNREACHABLE || this == BROKEN_OFF;
        }
    }

    /**
     * A failure.
     *
     * @param message what happened, for the log
     * @param retryAfter how long the student asked to be left alone, where it did
     */
    public record Failure(FailureKind kind, String message, Optional<Duration> retryAfter) {}

    private Answer(
            Optional<String> text,
            Optional<Failure> failure,
            Finish finish,
            OptionalInt inputTokens,
            OptionalInt outputTokens) {
        this.text = text;
        this.failure = failure;
        this.finish = Objects.requireNonNull(finish, "finish");
        this.inputTokens = inputTokens;
        this.outputTokens = outputTokens;
    }

    /** A text that arrived. */
    public static Answer of(String text) {
        return of(text, Finish.UNKNOWN, OptionalInt.empty(), OptionalInt.empty());
    }

    /** A text that arrived, with what the student said of it. */
    public static Answer of(String text, Finish finish, OptionalInt inputTokens, OptionalInt outputTokens) {
        return new Answer(Optional.of(text), Optional.empty(), finish, inputTokens, outputTokens);
    }

    /** No answer. */
    public static Answer failed(FailureKind kind, String message) {
        return failed(kind, message, Optional.empty());
    }

    /** No answer, from a student that said when to ask again. */
    public static Answer failed(FailureKind kind, String message, Optional<Duration> retryAfter) {
        return new Answer(
                Optional.empty(),
                Optional.of(new Failure(kind, message, retryAfter)),
                Finish.UNKNOWN,
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    public boolean hasArrived() {
        return text.isPresent();
    }

    /**
     * The student's text.
     *
     * @throws IllegalStateException if none arrived; see {@link #hasArrived()}
     */
    public String text() {
        return text.orElseThrow(() -> new IllegalStateException("no answer arrived: " + failure.orElseThrow()));
    }

    public Optional<Failure> failure() {
        return failure;
    }

    public Finish finish() {
        return finish;
    }

    /** Tokens the student read, where it reported them. */
    public OptionalInt inputTokens() {
        return inputTokens;
    }

    /** Tokens the student wrote, where it reported them. */
    public OptionalInt outputTokens() {
        return outputTokens;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Answer that
                && text.equals(that.text)
                && failure.equals(that.failure)
                && finish == that.finish
                && inputTokens.equals(that.inputTokens)
                && outputTokens.equals(that.outputTokens);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, failure, finish);
    }

    @Override
    public String toString() {
        return text.map(t -> "Answer[" + t + "]").orElseGet(() -> "Answer[" + failure.orElseThrow() + "]");
    }
}
