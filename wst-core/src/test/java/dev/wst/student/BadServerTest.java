package dev.wst.student;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Answer.FailureKind;
import dev.wst.Instruction;
import dev.wst.InvalidInputException;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server says that will not answer: told once, with its reason, and not asked again where that is of no use. */
class BadServerTest {
    private static final String PATH = "/v1/chat/completions";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(options().bindAddress("127.0.0.1").dynamicPort())
            .build();

    private final Task task = Task.of("t", "What is 6 times 7?");

    private static String url() {
        return "http://127.0.0.1:" + SERVER.getPort() + PATH;
    }

    private static StudentCalls calls(int retries) {
        return new StudentCalls(
                LangChain4jStudent.of(OpenAiChatModel.builder()
                        .baseUrl("http://127.0.0.1:" + SERVER.getPort() + "/v1")
                        .apiKey("sk-wrong")
                        .modelName("unheard-of")
                        .maxRetries(0)
                        .httpClientBuilder(new RetryAfterHttpClientBuilder())
                        .timeout(Duration.ofSeconds(5))
                        .build()),
                CallLimits.defaults().withRetries(retries));
    }

    private static void serve(ResponseDefinitionBuilder response) {
        SERVER.stubFor(post(urlEqualTo(PATH)).willReturn(response));
    }

    private static void requireRequests(int count) {
        SERVER.verify(count, postRequestedFor(urlEqualTo(PATH)));
    }

    private Answer.Failure failure(int retries) {
        return calls(retries)
                .answer(List.of(Advice.of(task, Instruction.fixed("Multiply."))))
                .get(0)
                .failure()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "401, AUTHENTICATION, Incorrect API key provided",
        "403, AUTHENTICATION, Country not supported",
        "404, NOT_FOUND, The model `unheard-of` does not exist"
    })
    void a_wrong_key_or_model_is_one_clear_error_at_the_first_call(int status, FailureKind kind, String reason) {
        serve(aResponse().withStatus(status).withBody("{\"error\":{\"message\":\"" + reason + "\"}}"));
        assertThatThrownBy(() -> calls(5).askFirst(List.of(task)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("the student did not answer a first question (" + kind + "): ")
                .hasMessageContaining("POST " + url() + ": {\"error\":{\"message\":\"" + reason + "\"}}")
                .hasMessageEndingWith("; nothing else was done")
                .hasMessageNotContaining("sk-wrong");
        requireRequests(1);
    }

    @Test
    void a_question_beyond_the_servers_context_is_refused_once_and_says_so() {
        serve(aResponse()
                .withStatus(400)
                .withBody("{\"error\":{\"message\":\"This model's maximum context length is 8192 tokens\","
                        + "\"code\":\"context_length_exceeded\"}}"));
        Answer.Failure failure = failure(5);
        assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(failure.message()).contains("This model's maximum context length is 8192 tokens");
        requireRequests(1);
    }

    @Test
    void tool_calls_instead_of_text_are_no_answer() {
        serve(okJson(
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"1\","
                        + "\"type\":\"function\",\"function\":{\"name\":\"multiply\",\"arguments\":\"{}\"}}]},"
                        + "\"finish_reason\":\"tool_calls\"}]}"));
        Answer.Failure failure = failure(5);
        assertThat(failure.kind()).isEqualTo(FailureKind.EMPTY);
        assertThat(failure.message())
                .isEqualTo(
                        "the model called tools (multiply) instead of answering; give a student's chat model no tools");
        requireRequests(1);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_broken_connection_is_a_failure_that_names_the_address_and_is_tried_again(Fault fault) {
        serve(aResponse().withFault(fault));
        Answer.Failure failure = failure(1);
        assertThat(failure.kind()).isEqualTo(FailureKind.BROKEN_OFF);
        assertThat(failure.message()).contains(url());
        requireRequests(2);
    }
}
