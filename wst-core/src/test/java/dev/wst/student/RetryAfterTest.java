package dev.wst.student;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a server that is busy says to come again. */
class RetryAfterTest {
    private static final String PATH = "/v1/chat/completions";
    private static final String ANSWER =
            "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"42\"},\"finish_reason\":\"%s\"}]}";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(options().bindAddress("127.0.0.1").dynamicPort())
            .build();

    private final Task task = Task.of("t", "What is 6 times 7?");

    private static LangChain4jStudent student(String url) {
        return LangChain4jStudent.of(OpenAiChatModel.builder()
                .baseUrl(url)
                .apiKey("none")
                .modelName("small")
                .maxRetries(0)
                .httpClientBuilder(new RetryAfterHttpClientBuilder())
                .timeout(Duration.ofSeconds(5))
                .build());
    }

    private static LangChain4jStudent student() {
        return student("http://127.0.0.1:" + SERVER.getPort() + "/v1");
    }

    private Answer retrying(int retries) {
        CallLimits limits = CallLimits.defaults().withRetries(retries);
        return new StudentCalls(student(), limits)
                .answer(List.of(Advice.of(task, Instruction.none())))
                .get(0);
    }

    private static void busyOnce(ResponseDefinitionBuilder first) {
        SERVER.stubFor(
                post(urlEqualTo(PATH)).inScenario("busy").willReturn(first).willSetStateTo("free"));
        SERVER.stubFor(post(urlEqualTo(PATH))
                .inScenario("busy")
                .whenScenarioStateIs("free")
                .willReturn(okJson(ANSWER.formatted("stop"))));
    }

    private static int requests() {
        return SERVER.countRequestsMatching(postRequestedFor(urlEqualTo(PATH)).build())
                .getCount();
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After, 7, 7000",
        "retry-after, 0.5, 500",
        "retry-after-ms, 250, 250",
        "Retry-After, 'Fri, 27 Nov 2026 10:00:30 GMT', 30000",
        "Retry-After, 'Fri, 27 Nov 2026 09:00:00 GMT', 0",
        "Retry-After, soon, -1",
        "Retry-After, -3, -1",
        "Other, 7, -1"
    })
    void seconds_milliseconds_and_dates_are_read(String name, String value, long expected) {
        HttpHeaders headers = HttpHeaders.of(Map.of(name, List.of(value)), (a, b) -> true);
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-27T10:00:00Z"));
        assertThat(RetryAfter.in(headers, clock).map(Duration::toMillis).orElse(-1L))
                .isEqualTo(expected);
    }

    @Test
    void a_call_is_tried_again_when_the_server_says() {
        busyOnce(aResponse().withStatus(429).withHeader("Retry-After", "1"));
        long start = System.nanoTime();
        assertThat(retrying(2).text()).isEqualTo("42");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void a_failing_call_without_retries_is_one_request_and_carries_the_pause_asked_for() {
        busyOnce(aResponse().withStatus(429).withHeader("Retry-After", "300"));
        Answer.Failure failure =
                student().answer(Advice.of(task, Instruction.none())).failure().orElseThrow();
        assertThat(failure.kind()).isEqualTo(Answer.FailureKind.RATE_LIMIT);
        assertThat(failure.retryAfter()).contains(Duration.ofMinutes(5));
        assertThat(failure.message()).contains("http://127.0.0.1:" + SERVER.getPort() + PATH);
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void a_pause_too_long_to_wait_for_ends_the_tries() {
        busyOnce(aResponse().withStatus(429).withHeader("Retry-After", "300"));
        assertThat(retrying(3).hasArrived()).isFalse();
        assertThat(requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"401, AUTHENTICATION", "404, NOT_FOUND", "400, INVALID_REQUEST"})
    void what_will_not_pass_is_not_tried_again(int status, Answer.FailureKind kind) {
        busyOnce(aResponse().withStatus(status));
        assertThat(retrying(3).failure().orElseThrow().kind()).isEqualTo(kind);
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void nobody_at_the_address_is_a_failure_that_names_it() {
        Answer.Failure failure = student("http://127.0.0.1:1/v1")
                .answer(Advice.of(task, Instruction.none()))
                .failure()
                .orElseThrow();
        assertThat(failure.kind()).isEqualTo(Answer.FailureKind.UNREACHABLE);
        assertThat(failure.message()).contains("http://127.0.0.1:1/v1/chat/completions");
    }

    @Test
    void what_the_filter_cut_off_is_a_failure_and_never_judged() {
        SERVER.stubFor(post(urlEqualTo(PATH)).willReturn(okJson(ANSWER.formatted("content_filter"))));
        Answer answer = student().answer(Advice.of(task, Instruction.none()));
        assertThat(answer.failure().orElseThrow().kind()).isEqualTo(Answer.FailureKind.CONTENT_FILTER);
    }

    @Test
    void a_batch_whose_last_request_fails_keeps_its_other_answers() {
        AtomicInteger asked = new AtomicInteger();
        BatchChatModel model = new BatchChatModel() {
            @Override
            public List<CompletableFuture<ChatResponse>> chatAll(List<ChatRequest> requests) {
                return IntStream.range(0, requests.size())
                        .mapToObj(i -> {
                            asked.incrementAndGet();
                            return i == requests.size() - 1
                                    ? CompletableFuture.<ChatResponse>failedFuture(new IllegalStateException("last"))
                                    : CompletableFuture.completedFuture(ChatResponse.builder()
                                            .aiMessage(AiMessage.from("answer " + i))
                                            .finishReason(FinishReason.STOP)
                                            .build());
                        })
                        .toList();
            }
        };
        List<Advice> advice = IntStream.range(0, 3)
                .mapToObj(i -> new Advice(Situation.of(task, i), Instruction.none()))
                .toList();
        List<Answer> answers = new StudentCalls(LangChain4jStudent.of(model), CallLimits.defaults()).answer(advice);
        assertThat(answers.get(0).text()).isEqualTo("answer 0");
        assertThat(answers.get(1).text()).isEqualTo("answer 1");
        assertThat(answers.get(2).failure().orElseThrow().message()).contains("last");
        assertThat(asked).hasValue(3);
    }
}
