package dev.wst.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.Task;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChatCallTest {
    private static final ChatRequest QUESTION = ChatRequest.builder()
            .messages(UserMessage.from("What is 6 times 7?"))
            .build();

    private static ChatModel openAi(UnaryOperator<OpenAiChatModel.OpenAiChatModelBuilder> change) {
        return change.apply(OpenAiChatModel.builder()
                        .baseUrl("http://127.0.0.1:1/v1")
                        .apiKey("the-key")
                        .modelName("small"))
                .build();
    }

    private static ModelCall call(UnaryOperator<OpenAiChatModel.OpenAiChatModelBuilder> change) {
        return ChatCall.of(openAi(change), QUESTION);
    }

    private static ModelCall call(ChatRequestParameters parameters) {
        return ChatCall.of(
                openAi(model -> model),
                QUESTION.toBuilder().parameters(parameters).build());
    }

    @Test
    void the_model_is_that_of_the_request_or_else_its_own() {
        assertThat(call(model -> model).model()).isEqualTo("small");
        assertThat(call(ChatRequestParameters.builder().modelName("large").build())
                        .model())
                .isEqualTo("large");
        assertThat(ChatCall.of(unnamed(ModelProvider.OTHER), QUESTION).hasModel())
                .isFalse();
    }

    private static ChatModel unnamed(ModelProvider provider) {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return ChatResponse.builder().aiMessage(AiMessage.from("42")).build();
            }

            @Override
            public ModelProvider provider() {
                return provider;
            }
        };
    }

    @Test
    void the_provider_tells_calls_apart() {
        assertThat(ChatCall.of(unnamed(ModelProvider.OTHER), QUESTION))
                .isNotEqualTo(ChatCall.of(unnamed(ModelProvider.OLLAMA), QUESTION));
    }

    @Test
    void every_parameter_tells_calls_apart() {
        assertThat(Stream.of(
                                call(model -> model),
                                call(model -> model.temperature(0.0)),
                                call(model -> model.temperature(1.0)),
                                call(model -> model.topP(0.5)),
                                call(model -> model.seed(1)),
                                call(model -> model.seed(2)),
                                call(model -> model.maxTokens(10)),
                                call(model -> model.maxCompletionTokens(10)),
                                call(model -> model.stop(List.of("a, b"))),
                                call(model -> model.stop(List.of("a", "b"))),
                                call(ChatRequestParameters.builder()
                                        .temperature(0.7)
                                        .build()),
                                call(ChatRequestParameters.builder()
                                        .responseFormat(ResponseFormat.builder()
                                                .type(ResponseFormatType.JSON)
                                                .build())
                                        .build()))
                        .map(ModelCall::content))
                .doesNotHaveDuplicates();
    }

    @Test
    void equal_calls_look_the_same() {
        assertThat(call(model -> model.seed(1).temperature(0.5)))
                .isEqualTo(call(model -> model.temperature(0.5).seed(1)));
    }

    @Test
    void the_key_of_the_provider_is_no_part_of_it() {
        assertThat(call(model -> model).toString()).doesNotContain("the-key");
    }

    @Test
    void messages_are_told_apart_by_their_roles_and_ends() {
        ChatModel model = openAi(m -> m);
        assertThat(Stream.<List<ChatMessage>>of(
                                List.of(SystemMessage.from("a"), UserMessage.from("b")),
                                List.of(UserMessage.from("a"), UserMessage.from("b")),
                                List.of(UserMessage.from("ab")),
                                List.of(UserMessage.from("a\",\"b")))
                        .map(messages -> ChatCall.of(
                                        model,
                                        ChatRequest.builder().messages(messages).build())
                                .content()))
                .doesNotHaveDuplicates();
    }

    @Test
    void the_output_is_bounded_by_what_the_model_or_the_request_says() {
        assertThat(call(model -> model).outputTokens()).isEmpty();
        assertThat(call(model -> model.maxTokens(10)).outputTokens()).hasValue(10);
        assertThat(call(model -> model.maxCompletionTokens(20)).outputTokens()).hasValue(20);
        assertThat(call(ChatRequestParameters.builder().maxOutputTokens(30).build())
                        .outputTokens())
                .hasValue(30);
    }

    @Test
    void the_bytes_of_the_messages_bound_the_input() {
        // [{"contents":[{"text":"What is 6 times 7?","type":"TEXT"}],"type":"USER"}]
        assertThat(call(model -> model).inputTokens()).isEqualTo(18 + 56 + 64);
        assertThat(call(ChatRequestParameters.builder()
                                .responseFormat(ResponseFormat.builder()
                                        .type(ResponseFormatType.JSON)
                                        .build())
                                .build())
                        .inputTokens())
                .isGreaterThan(18 + 56 + 64 + 20);
    }

    @Test
    void a_student_says_what_it_asks_the_model() {
        ChatModel model = openAi(m -> m.maxTokens(10));
        Advice advice = Advice.of(Task.of("t", "What is 6 times 7?"), Instruction.fixed("Multiply."));
        assertThat(LangChain4jStudent.of(model).call(advice))
                .isEqualTo(ChatCall.of(
                        model,
                        ChatRequest.builder()
                                .messages(SystemMessage.from("Multiply."), UserMessage.from("What is 6 times 7?"))
                                .build()));
        assertThat(LangChain4jStudent.of(model)
                        .withPlacement(LangChain4jStudent.Placement.BEFORE_QUESTION)
                        .call(advice))
                .isNotEqualTo(LangChain4jStudent.of(model).call(advice));
    }
}
