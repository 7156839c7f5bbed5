package dev.wst.examples.torture;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Set;

/**
 * A student that says back what it was sent, so that a caller sees whose request reached it: the ticket of an earlier message, the
 * instruction and the question. It fails for the tickets that say so, before it answers or in the middle of what it streams.
 */
final class EchoingStudent implements ChatModel, StreamingChatModel {
    static final String FAILING = "failing";

    /** What came. */
    record Echo(String ticket, String instruction, String question) {
        private static final String MARK = "\u0001";

        static Echo of(String text) {
            String[] parts = text.split(MARK, -1);
            if (parts.length != 3) {
                throw new IllegalStateException("this is no answer of the student: " + text);
            }
            return new Echo(parts[0], parts[1], parts[2]);
        }

        @Override
        public String toString() {
            return ticket + MARK + instruction + MARK + question;
        }
    }

    /** A question of a caller, after an exchange that bears its ticket. */
    static ChatRequest request(String ticket, String question) {
        return ChatRequest.builder()
                .messages(UserMessage.from(ticket), AiMessage.from("yes"), UserMessage.from(question))
                .build();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        Echo echo = echo(request);
        requireSound(echo);
        return response(echo);
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        Echo echo = echo(request);
        String text = echo.toString();
        int half = text.length() / 2;
        handler.onPartialResponse(text.substring(0, half));
        try {
            requireSound(echo);
        } catch (IllegalStateException e) {
            handler.onError(e);
            return;
        }
        handler.onPartialResponse(text.substring(half));
        handler.onCompleteResponse(response(echo));
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return DefaultChatRequestParameters.EMPTY;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return List.of();
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OTHER;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of();
    }

    private static Echo echo(ChatRequest request) {
        List<ChatMessage> messages = request.messages();
        boolean taught = messages.get(0) instanceof SystemMessage;
        return new Echo(
                ((UserMessage) messages.get(taught ? 1 : 0)).singleText(),
                taught ? ((SystemMessage) messages.get(0)).text() : "",
                ((UserMessage) messages.get(messages.size() - 1)).singleText());
    }

    private static void requireSound(Echo echo) {
        if (echo.ticket.contains(FAILING)) {
            throw new IllegalStateException("the student fails for " + echo.ticket);
        }
    }

    private static ChatResponse response(Echo echo) {
        return ChatResponse.builder().aiMessage(AiMessage.from(echo.toString())).build();
    }
}
