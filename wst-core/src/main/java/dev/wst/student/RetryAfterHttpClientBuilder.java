package dev.wst.student;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client for LangChain4j's chat models that keeps what theirs drop: when a busy server says it may be asked again
 * ({@code Retry-After} in seconds or as a date, {@code retry-after-ms}), and which address an error came from.
 *
 * <pre>{@code
 * ChatModel chatModel = OpenAiChatModel.builder()
 *         .apiKey(System.getenv("OPENAI_API_KEY")).modelName("gpt-4o-2024-08-06")
 *         .httpClientBuilder(new RetryAfterHttpClientBuilder())
 *         .maxRetries(0)                                       // LangChain4j's own retries ignore Retry-After
 *         .build();
 * WstTrainer trainer = WstTrainer.builder()
 *         .teacher(teacher).student(LangChain4jStudent.of(chatModel)).reward(reward).tasks(tasks)
 *         .studentCalls(CallLimits.defaults().withRetries(2))  // which read it
 *         .build();
 * }</pre>
 *
 * <p>It knows the keys that a request carries: the values of headers such as Authorization, api-key and x-goog-api-key, and of
 * parameters such as key in its address. They are masked in all that it says and in all that a server says back, so that a server
 * which repeats a key puts it into no log and no file. What is shorter than 8 characters is no key.
 */
public final class RetryAfterHttpClientBuilder implements HttpClientBuilder {
    private Duration connectTimeout = Duration.ofSeconds(15);
    private Duration readTimeout = Duration.ofMinutes(1);

    @Override
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** 15 seconds unless given. */
    @Override
    public RetryAfterHttpClientBuilder connectTimeout(@Nullable Duration timeout) {
        if (timeout != null) {
            connectTimeout = timeout;
        }
        return this;
    }

    @Override
    public Duration readTimeout() {
        return readTimeout;
    }

    /** For the whole response, its body included; a minute unless given. The connection is closed then. */
    @Override
    public RetryAfterHttpClientBuilder readTimeout(@Nullable Duration timeout) {
        if (timeout != null) {
            readTimeout = timeout;
        }
        return this;
    }

    @Override
    public HttpClient build() {
        return new RetryAfterHttpClient(connectTimeout, readTimeout, InstantSource.system());
    }
}
