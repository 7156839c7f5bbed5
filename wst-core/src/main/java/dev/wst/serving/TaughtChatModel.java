package dev.wst.serving;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A student that is asked with a teacher's instruction: a LangChain4j chat model to be put in the place of another.
 *
 * <pre>{@code
 * ChatModel taught = TaughtChatModel.of(chatModel, served);
 * String answer = taught.chat("What is 6 times 7?");
 * }</pre>
 *
 * <p>{@link Teaching} says what is taught and how. All else is the student's: its parameters, its capabilities, its failures, and
 * its listeners, which see the taught request once.
 */
public final class TaughtChatModel implements ChatModel {
    private final ChatModel student;
    private final Teaching teaching;

    private TaughtChatModel(ChatModel student, Teaching teaching) {
        this.student = Objects.requireNonNull(student, "student");
        this.teaching = Objects.requireNonNull(teaching, "teaching");
    }

    /** A student that is taught every request, as {@link Teaching#by} has it. */
    public static TaughtChatModel of(ChatModel student, ServedTeacher teacher) {
        return of(student, Teaching.by(teacher));
    }

    /** A student that is taught in a way of one's own. */
    public static TaughtChatModel of(ChatModel student, Teaching teaching) {
        return new TaughtChatModel(student, teaching);
    }

    @Override
    public ChatResponse chat(ChatRequest request) {
        return student.chat(teaching.apply(request));
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        return student.chat(teaching.apply(request), options);
    }

    /** {@inheritDoc} For whoever tells the student's listeners and adds its parameters on his own. */
    @Override
    public ChatResponse doChat(ChatRequest request) {
        return student.doChat(teaching.apply(request));
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
