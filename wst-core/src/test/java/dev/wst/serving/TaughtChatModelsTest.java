package dev.wst.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.wst.Instruction;
import dev.wst.engine.model.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a taught model is the student in all but the instruction. */
class TaughtChatModelsTest {
    private static final ChatResponse ANSWER =
            ChatResponse.builder().aiMessage(AiMessage.from("42")).build();

    @TempDir
    Path directory;

    private final List<String> heard = new ArrayList<>();
    private final List<ChatRequest> asked = new ArrayList<>();

    private final ChatModelListener listener = new ChatModelListener() {
        @Override
        public void onRequest(ChatModelRequestContext context) {
            heard.add("request of " + context.chatRequest().messages().size() + " messages, "
                    + context.attributes().get("trace"));
        }

        @Override
        public void onResponse(ChatModelResponseContext context) {
            heard.add("response");
        }

        @Override
        public void onError(ChatModelErrorContext context) {
            heard.add("error");
        }
    };

    private ServedTeacher served;

    @BeforeEach
    void load() throws IOException {
        served = ServedTeacher.builder(TinyModel.in(directory))
                .build(writer -> (version, questions) -> questions.stream()
                        .map(question -> Optional.of(Instruction.fixed("do " + question)))
                        .toList());
    }

    @AfterEach
    void close() {
        served.close();
    }

    private final class Student implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            asked.add(request);
            if (request.messages().contains(UserMessage.from("break"))) {
                throw new IllegalStateException("the student broke");
            }
            return ANSWER;
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return ChatRequestParameters.builder().modelName("student").build();
        }

        @Override
        public List<ChatModelListener> listeners() {
            return List.of(listener);
        }

        @Override
        public ModelProvider provider() {
            return ModelProvider.MISTRAL_AI;
        }

        @Override
        public Set<Capability> supportedCapabilities() {
            return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        }
    }

    private final class StreamingStudent implements StreamingChatModel {
        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            asked.add(request);
            handler.onPartialResponse("4");
            if (request.messages().contains(UserMessage.from("break"))) {
                handler.onError(new IllegalStateException("the stream broke"));
            } else {
                handler.onPartialResponse("2");
                handler.onCompleteResponse(ANSWER);
            }
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return ChatRequestParameters.builder().modelName("student").build();
        }

        @Override
        public List<ChatModelListener> listeners() {
            return List.of(listener);
        }

        @Override
        public ModelProvider provider() {
            return ModelProvider.MISTRAL_AI;
        }

        @Override
        public Set<Capability> supportedCapabilities() {
            return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        }
    }

    private final class Handler implements StreamingChatResponseHandler {
        @Override
        public void onPartialResponse(String part) {
            heard.add(part);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            heard.add("complete");
        }

        @Override
        public void onError(Throwable error) {
            heard.add("handler: " + error.getMessage());
        }
    }

    private static final ChatRequestOptions TRACED = ChatRequestOptions.builder()
            .listenerAttributes(Map.of("trace", "t1"))
            .build();

    private static ChatRequest request(String question) {
        return ChatRequest.builder().messages(UserMessage.from(question)).build();
    }

    @Test
    void listeners_hear_each_call_once_with_the_taught_request_and_the_options() {
        ChatModel taught = TaughtChatModel.of(new Student(), served);
        assertThat(taught.chat("this")).isEqualTo("42");
        assertThat(taught.chat(request("this"), TRACED)).isSameAs(ANSWER);
        assertThat(heard)
                .containsExactly("request of 2 messages, null", "response", "request of 2 messages, t1", "response");
        assertThat(asked).allSatisfy(request -> {
            assertThat(request.messages()).containsExactly(SystemMessage.from("do this"), UserMessage.from("this"));
            assertThat(request.modelName()).isEqualTo("student");
        });
    }

    @Test
    void a_failure_of_the_student_is_its_own() {
        ChatModel taught = TaughtChatModel.of(new Student(), served);
        assertThatThrownBy(() -> taught.chat("break"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the student broke");
        assertThat(heard).containsExactly("request of 2 messages, null", "error");
    }

    @Test
    void one_who_tells_the_listeners_himself_is_taught_too() {
        ChatModel taught = TaughtChatModel.of(new Student(), served);
        assertThat(taught.doChat(request("this"))).isSameAs(ANSWER);
        assertThat(asked.get(0).messages()).hasSize(2);
        TaughtStreamingChatModel.of(new StreamingStudent(), served).doChat(request("this"), new Handler());
        assertThat(asked.get(1).messages()).hasSize(2);
        assertThat(heard).containsExactly("4", "2", "complete");
    }

    @Test
    void it_is_the_student_in_all_but_the_instruction() {
        ChatModel student = new Student();
        ChatModel taught = TaughtChatModel.of(student, served);
        assertThat(taught.defaultRequestParameters()).isEqualTo(student.defaultRequestParameters());
        assertThat(taught.listeners()).isEqualTo(student.listeners());
        assertThat(taught.provider()).isEqualTo(ModelProvider.MISTRAL_AI);
        assertThat(taught.supportedCapabilities()).isEqualTo(student.supportedCapabilities());
        StreamingChatModel streaming = TaughtStreamingChatModel.of(new StreamingStudent(), served);
        assertThat(streaming.defaultRequestParameters()).isEqualTo(student.defaultRequestParameters());
        assertThat(streaming.listeners()).isEqualTo(student.listeners());
        assertThat(streaming.provider()).isEqualTo(ModelProvider.MISTRAL_AI);
        assertThat(streaming.supportedCapabilities()).isEqualTo(student.supportedCapabilities());
    }

    @Test
    void a_stream_comes_as_it_is() {
        StreamingChatModel taught = TaughtStreamingChatModel.of(new StreamingStudent(), served);
        taught.chat("this", new Handler());
        taught.chat(request("this"), TRACED, new Handler());
        assertThat(heard)
                .containsExactly(
                        "request of 2 messages, null",
                        "4",
                        "2",
                        "response",
                        "complete",
                        "request of 2 messages, t1",
                        "4",
                        "2",
                        "response",
                        "complete");
        assertThat(asked).allSatisfy(request -> {
            assertThat(request.messages()).containsExactly(SystemMessage.from("do this"), UserMessage.from("this"));
            assertThat(request.modelName()).isEqualTo("student");
        });
    }

    @Test
    void an_error_in_the_middle_of_a_stream_comes_once_after_what_came_before() {
        StreamingChatModel taught = TaughtStreamingChatModel.of(new StreamingStudent(), served);
        taught.chat("break", new Handler());
        assertThat(heard).containsExactly("request of 2 messages, null", "4", "error", "handler: the stream broke");
    }
}
