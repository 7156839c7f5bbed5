package dev.wst.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.wst.EnvironmentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients of OpenAI's protocol see: LangChain4j's own, and whoever sends something else. */
class ChatEndpointTest {
    private static final EndpointOptions OPTIONS = EndpointOptions.onLoopback(0);

    private final List<ChatRequest> asked = new ArrayList<>();
    private ChatResponse next = response(AiMessage.from("forty-two"), FinishReason.STOP);
    private Optional<RuntimeException> failure = Optional.empty();
    private Optional<ChatEndpoint> endpoint = Optional.empty();

    @AfterEach
    void close() {
        endpoint.ifPresent(ChatEndpoint::close);
    }

    private static ChatResponse response(AiMessage message, FinishReason reason) {
        return ChatResponse.builder()
                .aiMessage(message)
                .finishReason(reason)
                .tokenUsage(new TokenUsage(7, 3))
                .build();
    }

    private ChatEndpoint serve(EndpointOptions options) {
        ChatModel model = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                asked.add(request);
                failure.ifPresent(e -> {
                    throw e;
                });
                return next;
            }
        };
        return serve(new ServedModel("taught", model, Optional.empty()), options);
    }

    private ChatEndpoint serve(ServedModel model, EndpointOptions options) {
        ChatEndpoint started = ChatEndpoint.start(model, options, () -> Instant.EPOCH);
        endpoint = Optional.of(started);
        return started;
    }

    private static OpenAiChatModel client(ChatEndpoint at) {
        return OpenAiChatModel.builder()
                .baseUrl(at.url())
                .apiKey("secret")
                .modelName("taught")
                .maxRetries(0)
                .build();
    }

    private static HttpResponse<String> post(ChatEndpoint at, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(at.url() + "/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_client_of_langchain4j_gets_the_answer() {
        ChatResponse response = client(serve(OPTIONS))
                .chat(ChatRequest.builder()
                        .messages(
                                SystemMessage.from("be brief"),
                                UserMessage.from("6 times 7?"),
                                AiMessage.from("41"),
                                UserMessage.from("sure?"))
                        .temperature(0.5)
                        .maxOutputTokens(9)
                        .stopSequences(List.of("end"))
                        .build());
        assertThat(response.aiMessage().text()).isEqualTo("forty-two");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(7);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(3);
        ChatRequest got = asked.get(0);
        assertThat(got.messages())
                .containsExactly(
                        SystemMessage.from("be brief"),
                        UserMessage.from("6 times 7?"),
                        AiMessage.from("41"),
                        UserMessage.from("sure?"));
        assertThat(got.parameters().temperature()).isEqualTo(0.5);
        assertThat(got.parameters().maxOutputTokens()).isEqualTo(9);
        assertThat(got.parameters().stopSequences()).containsExactly("end");
    }

    @Test
    void tools_and_images_arrive_and_calls_of_tools_come_back() {
        next = response(
                AiMessage.from(ToolExecutionRequest.builder()
                        .id("c1")
                        .name("add")
                        .arguments("{\"a\":1}")
                        .build()),
                FinishReason.TOOL_EXECUTION);
        ToolSpecification tool = ToolSpecification.builder()
                .name("add")
                .description("adds")
                .parameters(JsonObjectSchema.builder()
                        .addIntegerProperty("a")
                        .required("a")
                        .build())
                .build();
        ChatResponse response = client(serve(OPTIONS))
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from(ImageContent.from("aGk=", "image/png")))
                        .toolSpecifications(tool)
                        .build());
        assertThat(response.aiMessage().toolExecutionRequests())
                .hasSize(1)
                .first()
                .satisfies(call -> {
                    assertThat(call.name()).isEqualTo("add");
                    assertThat(call.arguments()).isEqualTo("{\"a\":1}");
                });
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(asked.get(0).toolSpecifications().get(0).name()).isEqualTo("add");
        assertThat(asked.get(0).toolSpecifications().get(0).parameters().properties())
                .containsKey("a");
        UserMessage message = (UserMessage) asked.get(0).messages().get(0);
        assertThat(((ImageContent) message.contents().get(0)).image().base64Data())
                .isEqualTo("aGk=");
    }

    private static final class Heard implements StreamingChatResponseHandler {
        private final List<String> parts = new ArrayList<>();
        private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String part) {
            parts.add(part);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            end.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }
    }

    private Heard streamed(StreamingChatModel model) {
        ChatEndpoint at = serve(
                new ServedModel(
                        "taught",
                        new ChatModel() {
                            @Override
                            public ChatResponse doChat(ChatRequest request) {
                                throw new AssertionError("asked whole");
                            }
                        },
                        Optional.of(model)),
                OPTIONS);
        Heard heard = new Heard();
        OpenAiStreamingChatModel.builder()
                .baseUrl(at.url())
                .apiKey("secret")
                .modelName("taught")
                .build()
                .chat("6 times 7?", heard);
        return heard;
    }

    @Test
    void a_streamed_answer_comes_in_its_parts() throws Exception {
        Heard heard = streamed(new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                handler.onPartialResponse("forty");
                handler.onPartialResponse("-two");
                handler.onCompleteResponse(response(AiMessage.from("forty-two"), FinishReason.LENGTH));
            }
        });
        ChatResponse end = heard.end.get(10, TimeUnit.SECONDS);
        assertThat(heard.parts).containsExactly("forty", "-two");
        assertThat(end.aiMessage().text()).isEqualTo("forty-two");
        assertThat(end.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(end.tokenUsage().totalTokenCount()).isEqualTo(10);
    }

    @Test
    void a_stream_that_breaks_off_is_no_answer() throws IOException, InterruptedException {
        StreamingChatModel broken = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                handler.onPartialResponse("forty");
                handler.onError(new IllegalStateException("the line went dead, Bearer sk-1234567890abcdef"));
            }
        };
        ChatEndpoint at = serve(new ServedModel("taught", new ChatModel() {}, Optional.of(broken)), OPTIONS);
        HttpResponse<String> response =
                post(at, "{\"model\":\"taught\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("\"content\":\"forty\"")
                .contains("{\"error\":{\"message\":\"java.lang.IllegalStateException: the line went dead")
                .doesNotContain("[DONE]")
                .doesNotContain("1234567890");
    }

    @Test
    void a_model_without_a_stream_answers_a_stream_in_one_part() throws IOException, InterruptedException {
        HttpResponse<String> response = post(
                serve(OPTIONS),
                "{\"model\":\"taught\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
        assertThat(response.body().lines().filter(line -> !line.isEmpty()))
                .hasSize(5)
                .anyMatch(line -> line.contains("\"content\":\"forty-two\""))
                .anyMatch(line -> line.contains("\"choices\":[],\"usage\":{\"prompt_tokens\":7"))
                .last()
                .isEqualTo("data: [DONE]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                   | 400 | the body is no JSON
            []                                  | 400 | the body must be a JSON object with model and messages
            {"model":"taught","messages":[]}    | 400 | messages must be a list with one message at least
            {"messages":[{"role":"user","content":"q"}]} | 400 | model must be a text, got nothing
            {"model":"gpt","messages":[{"role":"user","content":"q"}]} | 404 | there is no model gpt here; ask for taught
            {"model":"taught","n":2,"messages":[{"role":"user","content":"q"}]} | 400 | n must be 1, got 2
            {"model":"taught","temperature":"hot","messages":[{"role":"user","content":"q"}]} | 400 | temperature must be a number, got
            {"model":"taught","messages":[{"role":"robot","content":"q"}]} | 400 | the role of a message must be system
            {"model":"taught","messages":[{"role":"user","content":[]}]} | 400 | a user's message has no content
            {"model":"taught","messages":[{"role":"user","content":[{"type":"input_audio"}]}]} | 400 | a part of a message must be text or image_url
            {"model":"taught","messages":[{"role":"user","content":""}]} | 400 | a user's message has no content
            {"model":"taught","messages":[{"role":"user","content":[{"type":"text"}]}]} | 400 | text must be a text, got nothing
            {"model":"taught","messages":[{"role":"user","content":[{"type":"text","text":""}]}]} | 400 | a user's message has no content
            {"model":"taught","messages":[{"role":"system","content":""},{"role":"user","content":"q"}]} | 400 | the request cannot be read: text cannot be null or blank
            {"model":"taught","messages":[{"role":"assistant","tool_calls":{"id":"c"}}]} | 400 | tool_calls must be a list, got
            {"model":"taught","response_format":{"type":"json_schema"},"messages":[{"role":"user","content":"q"}]} | 400 | response_format json_schema needs a schema, got
            {"model":"taught","response_format":"json_object","messages":[{"role":"user","content":"q"}]} | 400 | response_format must be text, json_object or json_schema, got
            {"model":"taught","stop":{"x":1},"messages":[{"role":"user","content":"q"}]} | 400 | stop must be a text or a list of texts, got
            {"model":"taught","stop":[1],"messages":[{"role":"user","content":"q"}]} | 400 | stop must be a text or a list of texts, got
            {"model":"taught","max_tokens":2.7,"messages":[{"role":"user","content":"q"}]} | 400 | max_tokens must be a whole number, at least 1, got 2.7
            {"model":"taught","n":1.5,"messages":[{"role":"user","content":"q"}]} | 400 | n must be 1, got 1.5
            {"model":"taught","stream":"yes","messages":[{"role":"user","content":"q"}]} | 400 | stream must be true or false, got
            {"model":"taught","logprobs":1,"messages":[{"role":"user","content":"q"}]} | 400 | logprobs must be true or false, got 1
            {"model":"taught","tools":{"x":1},"messages":[{"role":"user","content":"q"}]} | 400 | tools must be a list, got
            {"model":"taught","tools":[{"function":{"name":"f"}}],"tool_choice":[],"messages":[{"role":"user","content":"q"}]} | 400 | tool_choice must be auto, required or none, got []
            """)
    void what_cannot_be_answered_is_refused(String body, int status, String message)
            throws IOException, InterruptedException {
        HttpResponse<String> response = post(serve(OPTIONS), body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"message\":\"" + message).contains("\"type\":\"invalid_request_error\"");
        assertThat(asked).isEmpty();
    }

    @Test
    void what_is_null_counts_as_left_out() throws IOException, InterruptedException {
        HttpResponse<String> response = post(
                serve(OPTIONS),
                "{\"model\":\"taught\",\"stop\":null,\"n\":null,\"max_tokens\":null,\"stream\":null,\"logprobs\":null,"
                        + "\"stream_options\":null,\"response_format\":null,\"tool_choice\":null,"
                        + "\"tools\":[{\"function\":{\"name\":\"f\"}}],"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    /** A connection on which the head of a request came, and a part of its body. */
    private static Socket beginning(ChatEndpoint at) throws IOException {
        URI url = URI.create(at.url());
        Socket socket = new Socket(url.getHost(), url.getPort());
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{\"model\":"
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** What a connection brings until it ends. */
    private static String heard(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[4096];
        try (socket) {
            for (int n = socket.getInputStream().read(some);
                    n >= 0;
                    n = socket.getInputStream().read(some)) {
                all.write(some, 0, n);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SocketException e) {
            // It was reset, as for a client that still sends.
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @Test
    void requests_that_do_not_arrive_take_a_place_until_their_time_is_up() throws IOException, InterruptedException {
        ChatEndpoint at = serve(OPTIONS.withMost(2).withTimeout(Duration.ofSeconds(2)));
        List<Socket> connections = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            connections.add(beginning(at));
        }
        String body = "{\"model\":\"taught\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}";
        HttpResponse<String> refused = post(at, body);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        List<String> answers = new ArrayList<>();
        for (Socket connection : connections) {
            answers.add(heard(connection));
        }
        assertThat(answers)
                .filteredOn(answer ->
                        answer.startsWith("HTTP/1.1 408 ") && answer.contains("the request did not arrive within PT2S"))
                .hasSize(2);
        assertThat(answers)
                .filteredOn(answer -> answer.startsWith("HTTP/1.1 429 "))
                .hasSize(4);
        assertThat(post(at, body).statusCode()).isEqualTo(200);
    }

    @Test
    void a_request_without_the_key_is_not_waited_for() throws IOException {
        ChatEndpoint at = serve(OPTIONS.withKey("secret"));
        assertThat(heard(beginning(at))).startsWith("HTTP/1.1 401 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0  | 1 | 1  | requests answered at once (--most) must be at least 1, got 0
            -1 | 1 | 1  | requests answered at once (--most) must be at least 1, got -1
            1  | 0 | 1  | the bytes of a request must be at least 1, got 0
            1  | 1 | 0  | the time of an answer (--timeout) must be positive, got PT0S
            1  | 1 | -5 | the time of an answer (--timeout) must be positive, got PT-5S
            """)
    void limits_that_no_request_could_keep_are_refused(int most, int bytes, int seconds, String message) {
        assertThatThrownBy(() -> OPTIONS.withMost(most).withBytes(bytes).withTimeout(Duration.ofSeconds(seconds)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void a_request_that_is_too_long_is_refused() throws IOException, InterruptedException {
        HttpResponse<String> response = post(serve(OPTIONS.withBytes(100)), " ".repeat(101));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("a request may have 100 bytes");
    }

    @Test
    void a_key_is_asked_for_where_there_is_one() throws IOException, InterruptedException {
        ChatEndpoint at = serve(OPTIONS.withKey("secret"));
        assertThat(post(at, "{}").statusCode()).isEqualTo(401);
        assertThat(client(at).chat("6 times 7?")).isEqualTo("forty-two");
    }

    @Test
    void what_the_student_fails_of_is_told_without_keys() throws IOException, InterruptedException {
        ChatEndpoint at = serve(OPTIONS);
        String body = "{\"model\":\"taught\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}";
        failure = Optional.of(new RateLimitException("slow down"));
        assertThat(post(at, body).statusCode()).isEqualTo(429);
        failure = Optional.of(new IllegalStateException("refused api-key: sk-1234567890abcdef"));
        HttpResponse<String> response = post(at, body);
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("\"code\":\"student_failed\"").doesNotContain("1234567890");
    }

    @Test
    void an_answer_that_takes_too_long_ends_the_request() throws IOException, InterruptedException {
        ChatModel slow = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return response(AiMessage.from("late"), FinishReason.STOP);
            }
        };
        ChatEndpoint at =
                serve(new ServedModel("taught", slow, Optional.empty()), OPTIONS.withTimeout(Duration.ofMillis(50)));
        HttpResponse<String> response =
                post(at, "{\"model\":\"taught\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}");
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("there was no answer within PT0.05S");
    }

    @Test
    void models_are_listed() throws IOException, InterruptedException {
        ChatEndpoint at = serve(OPTIONS);
        for (String path : List.of("/models", "/models/taught")) {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(at.url() + path)).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"id\":\"taught\"");
        }
    }

    @Test
    void a_port_that_is_taken_is_named() {
        int port = URI.create(serve(OPTIONS).url()).getPort();
        assertThatThrownBy(() -> ChatEndpoint.start(
                        new ServedModel("other", new ChatModel() {}, Optional.empty()),
                        EndpointOptions.onLoopback(port),
                        () -> Instant.EPOCH))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith("nothing can listen on port " + port + " of ")
                .hasMessageEndingWith("; choose another with --port, or stop what listens there");
    }
}
