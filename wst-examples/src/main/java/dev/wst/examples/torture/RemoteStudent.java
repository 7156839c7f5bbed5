package dev.wst.examples.torture;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.wst.StudentClient;
import dev.wst.student.LangChain4jStudent;
import dev.wst.student.RetryAfterHttpClientBuilder;
import java.time.Duration;

/** A student behind an address, as an application would open it. */
final class RemoteStudent {
    private static final int MOST_TOKENS = 64;

    private RemoteStudent() {}

    static StudentClient at(String url, Duration timeout) {
        return LangChain4jStudent.of(model(url, "small", timeout));
    }

    static ChatModel model(String url, String name, Duration timeout) {
        return OpenAiChatModel.builder()
                .baseUrl(url)
                .apiKey("none")
                .modelName(name)
                .maxTokens(MOST_TOKENS)
                .timeout(timeout)
                .httpClientBuilder(new RetryAfterHttpClientBuilder())
                .maxRetries(0)
                .build();
    }
}
