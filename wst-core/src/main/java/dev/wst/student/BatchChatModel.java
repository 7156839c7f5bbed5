package dev.wst.student;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;

/** A chat model that answers many requests in one go faster than one by one. */
public interface BatchChatModel extends ChatModel {
    /**
     * Answers all requests. Each may override the model's {@link #defaultRequestParameters()}, as in {@code chat}.
     *
     * @return one response for each request, in order
     * @throws RuntimeException if any of them cannot be answered; none is then
     */
    List<ChatResponse> chatAll(List<ChatRequest> requests);
}
