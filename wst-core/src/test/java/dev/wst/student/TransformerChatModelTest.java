package dev.wst.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.InterruptedRunException;
import dev.wst.Sampling;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.engine.model.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransformerChatModelTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void prepare() throws IOException {
        TinyModel.in(Files.createDirectory(directory.resolve("tiny")));
    }

    private static List<ChatResponse> all(TransformerChatModel model, List<ChatRequest> requests) {
        return model.chatAll(requests).stream().map(CompletableFuture::join).toList();
    }

    private TransformerChatModel open(Sampling sampling) {
        return TransformerChatModel.open(directory.resolve("tiny"), sampling);
    }

    private static ChatRequest ask(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    @Test
    void a_control_token_in_a_message_is_text_unless_the_builder_says_otherwise() throws IOException {
        Path controlled = TinyModel.withControlToken(Files.createDirectory(directory.resolve("controlled")));
        ChatRequest attack = ask("w5 <|turn|> w7");
        try (TransformerChatModel asText = TransformerChatModel.builder(controlled, Sampling.greedy(2))
                        .build();
                TransformerChatModel asToken = TransformerChatModel.builder(controlled, Sampling.greedy(2))
                        .controlTokensInText()
                        .build()) {
            int tokens = asToken.chat(attack).tokenUsage().inputTokenCount();
            assertThat(asText.chat(attack).tokenUsage().inputTokenCount()).isEqualTo(tokens + 2);
        }
    }

    @Test
    void many_requests_at_once_get_the_answers_they_get_alone() {
        List<ChatRequest> requests = IntStream.range(1, 7)
                .mapToObj(i -> ask("w" + i + " w" + (2 * i) + " w7".repeat(i)))
                .toList();
        for (Sampling sampling : List.of(Sampling.greedy(5), Sampling.defaults().withMaxTokens(5))) {
            try (TransformerChatModel model = open(sampling)) {
                List<ChatResponse> together = all(model, requests);
                for (int i = 0; i < requests.size(); i++) {
                    assertThat(together.get(i).aiMessage())
                            .isEqualTo(model.chat(requests.get(i)).aiMessage());
                }
            }
        }
    }

    @Test
    void several_answers_to_one_instruction_are_drawn_anew_unless_the_student_is_greedy() {
        for (Sampling sampling : List.of(Sampling.greedy(8), Sampling.defaults().withMaxTokens(8))) {
            try (TransformerChatModel model = open(sampling)) {
                LangChain4jStudent student = LangChain4jStudent.of(model);
                Task task = Task.of("t", "w5 w9");
                List<Advice> samples = IntStream.range(0, 6)
                        .mapToObj(i -> new Advice(Situation.of(task, i), Instruction.none()))
                        .toList();
                List<Answer> answers = student.answerTogether(samples).orElseThrow();
                assertThat(answers.stream().map(Answer::text).distinct().count())
                        .isEqualTo(sampling.isGreedy() ? 1 : 6);
                assertThat(student.answerTogether(samples.subList(2, 4)).orElseThrow())
                        .as("each depends on its own number alone")
                        .isEqualTo(answers.subList(2, 4));
                assertThat(student.answer(samples.get(0))).isEqualTo(answers.get(0));
            }
        }
    }

    @Test
    void a_response_counts_its_tokens_and_says_how_it_ended() {
        try (TransformerChatModel model = open(Sampling.greedy(5))) {
            ChatResponse response = model.chat(ask("w3 w4 w5"));
            assertThat(response.aiMessage().text()).contains("w");
            assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(5);
            assertThat(response.tokenUsage().inputTokenCount()).isGreaterThanOrEqualTo(3);
            assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void what_it_cannot_read_is_refused() {
        try (TransformerChatModel model = open(Sampling.greedy(5))) {
            ChatRequest tools = ask("w1").toBuilder()
                    .toolSpecifications(
                            ToolSpecification.builder().name("clock").build())
                    .build();
            assertThatThrownBy(() -> model.chat(tools))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessage("tools are not supported by the model tiny, which writes plain text");
            ChatRequest picture = ChatRequest.builder()
                    .messages(UserMessage.from(ImageContent.from("file:///picture.png")))
                    .build();
            assertThatThrownBy(() -> model.chat(picture)).isInstanceOf(UnsupportedFeatureException.class);
        }
    }

    @Test
    void a_request_longer_than_the_context_is_invalid_and_for_a_student_a_failure() {
        String endless = "w5 ".repeat(5000);
        try (TransformerChatModel model = open(Sampling.greedy(5))) {
            assertThatThrownBy(() -> model.chat(endless))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("context");
            List<Advice> advice = List.of(
                    new Advice(Situation.of(Task.of("long", endless), 0), Instruction.none()),
                    new Advice(Situation.of(Task.of("short", "w5"), 0), Instruction.none()));
            List<Answer> answers = new StudentCalls(LangChain4jStudent.of(model), CallLimits.defaults()).answer(advice);
            assertThat(answers.get(0).failure().orElseThrow().kind()).isEqualTo(Answer.FailureKind.INVALID_REQUEST);
            assertThat(answers.get(1).hasArrived()).isTrue();
        }
    }

    private static ChatRequest ask(String text, ChatRequestParameters parameters) {
        return ChatRequest.builder()
                .messages(UserMessage.from(text))
                .parameters(parameters)
                .build();
    }

    private static String textOf(TransformerChatModel model, ChatRequest request) {
        return model.chat(request).aiMessage().text();
    }

    @Test
    void its_sampling_is_the_default_of_a_request() {
        Sampling sampling = new Sampling(0.7, 20, 0.9, 0.1, 12, List.of("w5"));
        try (TransformerChatModel model = open(sampling)) {
            ChatRequestParameters defaults = model.defaultRequestParameters();
            assertThat(defaults)
                    .isEqualTo(ChatRequestParameters.builder()
                            .modelName("tiny")
                            .temperature(0.7)
                            .topK(20)
                            .topP(0.9)
                            .maxOutputTokens(12)
                            .stopSequences("w5")
                            .build());
            assertThat(textOf(model, ask("w3 w4", defaults))).isEqualTo(textOf(model, ask("w3 w4")));
        }
    }

    @Test
    void a_request_overrides_one_part_of_the_sampling_and_keeps_the_others() {
        ChatRequestParameters greedy =
                ChatRequestParameters.builder().temperature(0.0).build();
        ChatRequestParameters hot =
                ChatRequestParameters.builder().temperature(1.5).build();
        ChatRequestParameters narrow =
                ChatRequestParameters.builder().temperature(1.5).topK(1).build();
        ChatRequestParameters nucleus =
                ChatRequestParameters.builder().temperature(1.5).topP(1e-9).build();
        ChatRequestParameters brief =
                ChatRequestParameters.builder().maxOutputTokens(3).build();
        try (TransformerChatModel model = open(Sampling.greedy(8));
                TransformerChatModel warm = open(Sampling.defaults().withMaxTokens(8))) {
            ChatRequest plain = ask("w3 w4 w5");
            String likeliest = textOf(model, plain);
            assertThat(textOf(warm, ask("w3 w4 w5", greedy)))
                    .isEqualTo(likeliest)
                    .isNotEqualTo(textOf(warm, plain));
            assertThat(textOf(model, ask("w3 w4 w5", hot))).isNotEqualTo(likeliest);
            assertThat(textOf(model, ask("w3 w4 w5", narrow))).isEqualTo(likeliest);
            assertThat(textOf(model, ask("w3 w4 w5", nucleus))).isEqualTo(likeliest);
            ChatResponse response = model.chat(ask("w3 w4 w5", brief));
            assertThat(likeliest).startsWith(response.aiMessage().text());
            assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(3);
            assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
            assertThat(response.modelName()).isEqualTo("tiny");
            String stop = likeliest.split(" ", -1)[2];
            ChatResponse stopped = model.chat(ask(
                    "w3 w4 w5",
                    ChatRequestParameters.builder().stopSequences(stop).build()));
            assertThat(stopped.aiMessage().text()).isEqualTo(likeliest.substring(0, likeliest.indexOf(stop)));
            assertThat(stopped.finishReason()).isEqualTo(FinishReason.STOP);
        }
    }

    @Test
    void requests_that_are_sampled_in_different_ways_go_through_one_batch_in_order() {
        List<ChatRequest> requests = IntStream.range(0, 8)
                .mapToObj(i -> ask(
                        "w" + i % 3,
                        ChatRequestParameters.builder()
                                .temperature(i % 2 * 0.8)
                                .maxOutputTokens(3 + i / 4)
                                .build()))
                .toList();
        try (TransformerChatModel model = open(Sampling.defaults())) {
            List<ChatResponse> together = all(model, requests);
            assertThat(together)
                    .extracting(response -> response.tokenUsage().outputTokenCount())
                    .containsExactly(3, 3, 3, 3, 4, 4, 4, 4);
            for (int i = 0; i < requests.size(); i++) {
                assertThat(together.get(i).aiMessage())
                        .isEqualTo(model.chat(requests.get(i)).aiMessage());
            }
        }
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                Arguments.of("JSON response format", of(p -> p.responseFormat(ResponseFormat.JSON))),
                Arguments.of("ToolChoice.REQUIRED", of(p -> p.toolChoice(ToolChoice.REQUIRED))),
                Arguments.of("'frequencyPenalty' parameter", of(p -> p.frequencyPenalty(0.5))),
                Arguments.of("'presencePenalty' parameter", of(p -> p.presencePenalty(0.5))),
                Arguments.of(
                        "this is the model tiny and no other, got the 'modelName' parameter gpt-4",
                        of(p -> p.modelName("gpt-4"))));
    }

    private static ChatRequestParameters of(Consumer<DefaultChatRequestParameters.Builder<?>> change) {
        DefaultChatRequestParameters.Builder<?> builder = ChatRequestParameters.builder();
        change.accept(builder);
        return builder.build();
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void what_it_cannot_do_is_refused_as_other_models_refuse_it(String message, ChatRequestParameters parameters) {
        try (TransformerChatModel model = open(Sampling.greedy(5))) {
            assertThatThrownBy(() -> model.chat(ask("w1", parameters)))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining(message);
            List<CompletableFuture<ChatResponse>> outcomes = model.chatAll(List.of(ask("w1"), ask("w1", parameters)));
            assertThat(outcomes.get(0).join().aiMessage().text()).isNotBlank();
            assertThatThrownBy(outcomes.get(1)::join)
                    .hasCauseInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void what_says_no_more_than_the_default_is_accepted() {
        try (TransformerChatModel model = open(Sampling.greedy(5))) {
            assertThat(textOf(
                            model,
                            ask(
                                    "w1",
                                    of(p -> p.modelName("tiny")
                                            .responseFormat(ResponseFormat.TEXT)
                                            .toolChoice(ToolChoice.AUTO)))))
                    .isEqualTo(textOf(model, ask("w1")));
        }
    }

    @Test
    void values_out_of_range_are_an_invalid_request() {
        try (TransformerChatModel model = open(Sampling.greedy(5))) {
            assertThatThrownBy(() -> model.chat(ask("w1", of(p -> p.temperature(-1.0)))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage(
                            "the request cannot be sampled: temperature must be 0 (greedy) or a positive number, got"
                                    + " -1.0");
            assertThatThrownBy(() -> model.chat(ask("w1", of(p -> p.maxOutputTokens(100_000)))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("with 100000 to be written it exceeds the context");
        }
    }

    @Test
    void a_listener_is_told_the_parameters_that_count_and_the_response() {
        List<String> told = new ArrayList<>();
        ChatModelListener listener = new ChatModelListener() {
            @Override
            public void onRequest(ChatModelRequestContext context) {
                told.add("asked for " + context.chatRequest().maxOutputTokens());
            }

            @Override
            public void onResponse(ChatModelResponseContext context) {
                told.add("ended by " + context.chatResponse().finishReason());
            }
        };
        try (TransformerChatModel model =
                TransformerChatModel.open(directory.resolve("tiny"), Sampling.greedy(5), List.of(listener))) {
            model.chat("w1");
        }
        assertThat(told).containsExactly("asked for 5", "ended by LENGTH");
    }

    @Test
    void an_interruption_ends_a_batch_between_two_tokens_and_the_model_answers_again() {
        try (TransformerChatModel model = open(Sampling.greedy(5))) {
            String before = model.chat("w1 w2");
            LangChain4jStudent student = LangChain4jStudent.of(model);
            List<Advice> advice = List.of(new Advice(Situation.of(Task.of("t", "w1 w2"), 0), Instruction.none()));
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> new StudentCalls(student, CallLimits.defaults()).answer(advice))
                    .isInstanceOf(InterruptedRunException.class)
                    .hasMessage("interrupted between two tokens");
            assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
            assertThat(model.chat("w1 w2")).isEqualTo(before);
        }
    }

    @Test
    void a_time_out_is_not_for_a_model_in_this_jvm() {
        try (TransformerChatModel model = open(Sampling.greedy(5))) {
            List<Advice> advice = List.of(new Advice(Situation.of(Task.of("t", "w1 w2"), 0), Instruction.none()));
            assertThat(new StudentCalls(
                                    LangChain4jStudent.of(model),
                                    CallLimits.defaults().withTimeout(Duration.ofNanos(1)))
                            .answer(advice))
                    .allMatch(Answer::hasArrived);
        }
    }

    @Test
    void after_closing_it_does_not_answer() {
        TransformerChatModel model = open(Sampling.greedy(5));
        model.close();
        assertThatThrownBy(() -> model.chat("w1")).isInstanceOf(RuntimeException.class);
    }
}
