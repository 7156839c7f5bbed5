package dev.wst.spring;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.wst.serving.TaughtChatModel;
import dev.wst.serving.TaughtStreamingChatModel;
import dev.wst.serving.Teaching;
import java.util.List;
import java.util.Set;

/** A bean that answers in one piece and in a stream, taught in both: it is injected as either. */
final class TaughtInBothWays implements ChatModel, StreamingChatModel {
    private final ChatModel whole;
    private final StreamingChatModel stream;

    private TaughtInBothWays(ChatModel whole, StreamingChatModel stream) {
        this.whole = whole;
        this.stream = stream;
    }

    /** @param model is a chat model and a streaming one */
    static TaughtInBothWays of(Object model, Teaching teaching) {
        return new TaughtInBothWays(
                TaughtChatModel.of((ChatModel) model, teaching),
                TaughtStreamingChatModel.of((StreamingChatModel) model, teaching));
    }

    @Override
    public ChatResponse chat(ChatRequest request) {
        return whole.chat(request);
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        return whole.chat(request, options);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return whole.doChat(request);
    }

    @Override
    public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
        stream.chat(request, handler);
    }

    @Override
    public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
        stream.chat(request, options, handler);
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        stream.doChat(request, handler);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return whole.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return whole.listeners();
    }

    @Override
    public ModelProvider provider() {
        return whole.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return whole.supportedCapabilities();
    }
}
