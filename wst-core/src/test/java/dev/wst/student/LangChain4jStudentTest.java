package dev.wst.student;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that speaks OpenAI's protocol. */
class LangChain4jStudentTest {
    private static final String PATH = "/v1/chat/completions";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(options().bindAddress("127.0.0.1").dynamicPort())
            .build();

    private final Task task = Task.of("t", "What is 6 times 7?");

    private static LangChain4jStudent student() {
        return student(Duration.ofSeconds(30));
    }

    private static LangChain4jStudent student(Duration timeout) {
        return LangChain4jStudent.of(OpenAiChatModel.builder()
                .baseUrl("http://127.0.0.1:" + SERVER.getPort() + "/v1")
                .apiKey("none")
                .modelName("small")
                .maxRetries(0)
                .timeout(timeout)
                .build());
    }

    private static void answers(String text, String reason) {
        SERVER.stubFor(post(urlEqualTo(PATH))
                .willReturn(okJson("{\"id\":\"1\",\"model\":\"small\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
                        + "\"assistant\",\"content\":" + text + "},\"finish_reason\":\"" + reason
                        + "\"}],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":3,\"total_tokens\":14}}")));
    }

    /** The server notes a request after it has answered it, so it may take a moment. */
    private static void received(RequestPatternBuilder request) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (SERVER.countRequestsMatching(request.build()).getCount() == 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        SERVER.verify(request);
    }

    @Test
    void an_answer_comes_with_its_tokens_and_its_end() {
        answers("\"It is 42.\"", "length");
        Answer answer = student().answer(Advice.of(task, Instruction.fixed("Multiply.")));
        assertThat(answer.text()).isEqualTo("It is 42.");
        assertThat(answer.finish()).isEqualTo(Answer.Finish.LENGTH);
        assertThat(answer.inputTokens()).hasValue(11);
        assertThat(answer.outputTokens()).hasValue(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SYSTEM|[{\"role\":\"system\",\"content\":\"Multiply.\"},{\"role\":\"user\",\"content\":\"What is 6 times 7?\"}]",
                "BEFORE_QUESTION|[{\"role\":\"user\",\"content\":\"Multiply.\\n\\nWhat is 6 times 7?\"}]",
                "AFTER_QUESTION|[{\"role\":\"user\",\"content\":\"What is 6 times 7?\\n\\nMultiply.\"}]"
            })
    void the_instruction_goes_where_it_was_placed(LangChain4jStudent.Placement placement, String messages) {
        answers("\"42\"", "stop");
        student().withPlacement(placement).answer(Advice.of(task, Instruction.fixed("Multiply.")));
        received(postRequestedFor(urlEqualTo(PATH))
                .withRequestBody(equalToJson("{\"model\":\"small\",\"messages\":" + messages + "}", true, true)));
    }

    @Test
    void without_an_instruction_the_question_stands_alone() {
        answers("\"42\"", "stop");
        student().answer(Advice.of(task, Instruction.none()));
        received(postRequestedFor(urlEqualTo(PATH))
                .withRequestBody(equalToJson(
                        "{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"What is 6 times 7?\"}]}",
                        true,
                        true)));
    }

    @Test
    void in_a_second_turn_the_student_sees_its_first_answer() {
        answers("\"42\"", "stop");
        Attempt first = Attempt.of(task, Instruction.fixed("Guess."), Answer.of("40"));
        Situation second = first.situation().after(first);
        student().answer(new Advice(second, Instruction.fixed("Check it.")));
        received(postRequestedFor(urlEqualTo(PATH))
                .withRequestBody(equalToJson(
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"Guess.\"},{\"role\":\"user\",\"content\":"
                                + "\"What is 6 times 7?\"},{\"role\":\"assistant\",\"content\":\"40\"},{\"role\":"
                                + "\"user\",\"content\":\"Check it.\"}]}",
                        true,
                        true)));
    }

    @ParameterizedTest
    @CsvSource({
        "401, AUTHENTICATION",
        "429, RATE_LIMIT",
        "400, INVALID_REQUEST",
        "404, NOT_FOUND",
        "500, ERROR",
        "503, OVERLOADED",
        "529, OVERLOADED"
    })
    void a_failed_call_is_a_failure_of_its_kind(int status, Answer.FailureKind kind) {
        SERVER.stubFor(post(urlEqualTo(PATH))
                .willReturn(aResponse().withStatus(status).withBody("{\"error\":{\"message\":\"no\"}}")));
        Answer answer = student().answer(Advice.of(task, Instruction.none()));
        assertThat(answer.hasArrived()).isFalse();
        assertThat(answer.failure().orElseThrow().kind()).isEqualTo(kind);
    }

    @Test
    void a_late_answer_is_a_time_out() {
        SERVER.stubFor(post(urlEqualTo(PATH)).willReturn(okJson("{}").withFixedDelay(2000)));
        assertThat(student(Duration.ofMillis(500))
                        .answer(Advice.of(task, Instruction.none()))
                        .failure()
                        .orElseThrow()
                        .kind())
                .isEqualTo(Answer.FailureKind.TIMEOUT);
    }

    @Test
    void no_text_is_a_failure() {
        answers("null", "stop");
        assertThat(student()
                        .answer(Advice.of(task, Instruction.none()))
                        .failure()
                        .orElseThrow()
                        .kind())
                .isEqualTo(Answer.FailureKind.EMPTY);
    }

    @Test
    void a_chat_model_that_returns_null_gave_no_answer_and_is_not_asked_again() {
        AtomicInteger asked = new AtomicInteger();
        ChatModel none = new ChatModel() {
            @Override
            @SuppressWarnings("NullAway") // what a careless implementation does
            public ChatResponse doChat(ChatRequest request) {
                asked.incrementAndGet();
                return null;
            }
        };
        Answer answer = new StudentCalls(
                        LangChain4jStudent.of(none), CallLimits.defaults().withRetries(3))
                .answer(List.of(Advice.of(task, Instruction.none())))
                .get(0);
        assertThat(answer).isEqualTo(Answer.failed(Answer.FailureKind.EMPTY, "the chat model returned null"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void many_answers_keep_their_order() {
        SERVER.stubFor(post(urlEqualTo(PATH))
                .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.containing("slow"))
                .willReturn(okJson(content("slow one")).withFixedDelay(300)));
        SERVER.stubFor(post(urlEqualTo(PATH))
                .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.containing("quick"))
                .willReturn(okJson(content("quick one"))));
        List<Answer> answers = new StudentCalls(student(), CallLimits.defaults())
                .answer(List.of(
                        Advice.of(Task.of("a", "slow"), Instruction.none()),
                        Advice.of(Task.of("b", "quick"), Instruction.none())));
        assertThat(answers).extracting(Answer::text).containsExactly("slow one", "quick one");
    }

    private static String content(String text) {
        return "{\"id\":\"1\",\"model\":\"small\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":\"" + text + "\"},\"finish_reason\":\"stop\"}]}";
    }
}
