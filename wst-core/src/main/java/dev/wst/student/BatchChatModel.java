package dev.wst.student;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;

/** A chat model that answers many requests in one go faster than one by one. */
public interface BatchChatModel extends ChatModel {
    /** One response for each request, in order; throws if any of them cannot be answered. */
    List<ChatResponse> chatAll(List<ChatRequest> requests);
}
