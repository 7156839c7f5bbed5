package dev.wst.examples.cli;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.wst.student.RetryAfterHttpClientBuilder;
import java.time.Duration;

/**
 * A chat model behind an OpenAI-compatible URL.
 *
 * @param model its name there
 * @param tokens of the longest answer
 * @param timeout of a call
 */
record RemoteModel(
        String url, String model, KeyVariable keyVariable, double temperature, int tokens, Duration timeout) {

    static boolean isAt(String place) {
        return place.startsWith("http://") || place.startsWith("https://");
    }

    ChatModel open() {
        return OpenAiChatModel.builder()
                .baseUrl(url)
                .apiKey(keyVariable.key())
                .modelName(model)
                .temperature(temperature)
                .maxTokens(tokens)
                .timeout(timeout)
                .httpClientBuilder(new RetryAfterHttpClientBuilder())
                .maxRetries(0)
                .build();
    }
}
