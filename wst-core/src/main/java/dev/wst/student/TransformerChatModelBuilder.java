package dev.wst.student;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.wst.Sampling;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Builds a {@link TransformerChatModel}; made by {@link TransformerChatModel#builder}. */
public final class TransformerChatModelBuilder {
    private final Path path;
    private final Sampling sampling;
    private List<ChatModelListener> listeners = List.of();
    private boolean controlTokensInText;

    TransformerChatModelBuilder(Path path, Sampling sampling) {
        this.path = Objects.requireNonNull(path, "path");
        this.sampling = Objects.requireNonNull(sampling, "sampling");
    }

    /** Told of every call of {@code chat}, not of the requests of {@link TransformerChatModel#chatAll}; none unless given. */
    public TransformerChatModelBuilder listeners(List<ChatModelListener> value) {
        listeners = List.copyOf(value);
        return this;
    }

    /**
     * Lets the names of control tokens, such as {@code <|im_end|>}, in a request's messages become those tokens. Whoever
     * writes a question can then end the turn and speak as the system; without this they are text, and the chat template
     * alone says who speaks.
     */
    public TransformerChatModelBuilder controlTokensInText() {
        controlTokensInText = true;
        return this;
    }

    /** Loads the model. */
    public TransformerChatModel build() {
        return TransformerChatModel.open(path, sampling, listeners, controlTokensInText);
    }
}
