package dev.wst.examples.serve;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Optional;

/**
 * What an endpoint answers with.
 *
 * @param name that clients ask for
 * @param streaming the same model in parts; without it a streamed answer comes in one part
 */
public record ServedModel(String name, ChatModel model, Optional<StreamingChatModel> streaming) {
    void chat(ChatRequest request, StreamingChatResponseHandler handler) {
        if (streaming.isPresent()) {
            streaming.get().chat(request, handler);
            return;
        }
        ChatResponse response = model.chat(request);
        String text = response.aiMessage().text();
        if (text != null && !text.isEmpty()) {
            handler.onPartialResponse(text);
        }
        handler.onCompleteResponse(response);
    }
}
