package dev.wst.serving;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A streaming student that is asked with a teacher's instruction, as {@link TaughtChatModel} is for one that answers in one piece.
 *
 * <pre>{@code
 * StreamingChatModel taughtStream = TaughtStreamingChatModel.of(streamingChatModel, served);
 * }</pre>
 *
 * <p>A call waits for the instruction, no longer than {@link Teaching#within} says, and then asks the student. What the student
 * streams, errors included, goes to the caller's handler untouched.
 */
public final class TaughtStreamingChatModel implements StreamingChatModel {
    private final StreamingChatModel student;
    private final Teaching teaching;

    private TaughtStreamingChatModel(StreamingChatModel student, Teaching teaching) {
        this.student = Objects.requireNonNull(student, "student");
        this.teaching = Objects.requireNonNull(teaching, "teaching");
    }

    /** A student that is taught every request, as {@link Teaching#by} has it. */
    public static TaughtStreamingChatModel of(StreamingChatModel student, ServedTeacher teacher) {
        return of(student, Teaching.by(teacher));
    }

    /** A student that is taught in a way of one's own. */
    public static TaughtStreamingChatModel of(StreamingChatModel student, Teaching teaching) {
        return new TaughtStreamingChatModel(student, teaching);
    }

    @Override
    public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
        student.chat(teaching.apply(request), handler);
    }

    @Override
    public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
        student.chat(teaching.apply(request), options, handler);
    }

    /** {@inheritDoc} For whoever tells the student's listeners and adds its parameters on his own. */
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        student.doChat(teaching.apply(request), handler);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return student.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return student.listeners();
    }

    @Override
    public ModelProvider provider() {
        return student.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return student.supportedCapabilities();
    }
}
