package dev.wst.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Sampling;
import dev.wst.Task;
import dev.wst.model.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformerChatModelTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void prepare() throws IOException {
        TinyModel.in(directory);
    }

    private TransformerChatModel open(Sampling sampling) {
        return TransformerChatModel.open(directory, sampling);
    }

    private static ChatRequest ask(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    @Test
    void many_requests_at_once_get_the_answers_they_get_alone() {
        List<ChatRequest> requests = IntStream.range(1, 7)
                .mapToObj(i -> ask("w" + i + " w" + (2 * i) + " w7".repeat(i)))
                .toList();
        for (Sampling sampling : List.of(Sampling.greedy(5), Sampling.defaults().withMaxTokens(5))) {
            try (TransformerChatModel model = open(sampling)) {
                List<ChatResponse> together = model.chatAll(requests);
                for (int i = 0; i < requests.size(); i++) {
                    assertThat(together.get(i).aiMessage())
                            .isEqualTo(model.chat(requests.get(i)).aiMessage());
                }
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
            assertThatThrownBy(() -> model.chatAll(List.of(tools)))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("no tools");
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
                    new Advice(Attempt.at(Task.of("long", endless), 0), Instruction.none()),
                    new Advice(Attempt.at(Task.of("short", "w5"), 0), Instruction.none()));
            List<Answer> answers = LangChain4jStudent.of(model).answerAll(advice, 2, Duration.ofMinutes(1));
            assertThat(answers.get(0).failure().orElseThrow().kind()).isEqualTo(Answer.FailureKind.INVALID_REQUEST);
            assertThat(answers.get(1).hasArrived()).isTrue();
        }
    }

    @Test
    void after_closing_it_does_not_answer() {
        TransformerChatModel model = open(Sampling.greedy(5));
        model.close();
        assertThatThrownBy(() -> model.chat("w1")).isInstanceOf(RuntimeException.class);
    }
}
