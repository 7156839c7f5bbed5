package dev.wst.student;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A chat model that answers many requests in one go. */
interface BatchChatModel extends ChatModel {

    /**
     * Answers many requests. One that fails costs the others nothing: each has an outcome of its own, so that no answer that
     * came is asked for again.
     *
     * @return for each request, in order, its response or what kept it from coming
     */
    List<CompletableFuture<ChatResponse>> chatAll(List<ChatRequest> requests);

    /**
     * The same where equal requests may come several times.
     *
     * @param samples of each request, which of several answers to it is wanted: chance, where it takes part, is another for each
     */
    default List<CompletableFuture<ChatResponse>> chatAll(List<ChatRequest> requests, int[] samples) {
        return chatAll(requests);
    }
}
