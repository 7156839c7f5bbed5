package dev.wst.examples.torture;

import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.wst.StudentClient;
import dev.wst.student.LangChain4jStudent;
import dev.wst.student.RetryAfterHttpClientBuilder;
import java.time.Duration;

/** A student behind an address, as an application would open it. */
final class RemoteStudent {
    private RemoteStudent() {}

    static StudentClient at(String url, Duration timeout) {
        return LangChain4jStudent.of(OpenAiChatModel.builder()
                .baseUrl(url)
                .apiKey("none")
                .modelName("small")
                .timeout(timeout)
                .httpClientBuilder(new RetryAfterHttpClientBuilder())
                .maxRetries(0)
                .build());
    }
}
