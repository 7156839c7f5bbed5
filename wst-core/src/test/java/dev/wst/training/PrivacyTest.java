package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.wst.InvalidInputException;
import dev.wst.Reward;
import dev.wst.calls.CallLimits;
import dev.wst.student.LangChain4jStudent;
import dev.wst.student.RetryAfterHttpClientBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server repeats the key in all that it says; nothing that a run leaves behind holds it. */
class PrivacyTest {
    private static final String KEY = "unguessable-key-0123456789";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream console = System.err;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(console);
        server.stop(0);
    }

    /** Answers with these statuses in turn. */
    private void serve(List<Integer> statuses) {
        AtomicInteger requests = new AtomicInteger();
        server.createContext("/v1", exchange -> {
            int status = statuses.get(requests.getAndIncrement() % statuses.size());
            String key = exchange.getRequestHeaders().getFirst("Authorization");
            String said = status == 200
                    ? "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"I am " + key
                            + "\"},\"finish_reason\":\"stop\"}]}"
                    : "{\"error\":{\"message\":\"Incorrect API key provided: " + key + "\"}}";
            byte[] body = said.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private WstTrainerBuilder trainer() {
        return Fixtures.trainer(new Fixtures.TableTeacher(), directory.resolve("run"))
                .student(LangChain4jStudent.of(OpenAiChatModel.builder()
                        .baseUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/v1")
                        .apiKey(KEY)
                        .modelName("small")
                        .maxRetries(0)
                        .httpClientBuilder(new RetryAfterHttpClientBuilder())
                        .build()))
                .studentCalls(CallLimits.defaults().withConcurrency(1).withRetries(0))
                .reward(attempt -> Reward.of(attempt.instruction().text().length()))
                .steps(2);
    }

    @Test
    void log_run_directory_and_kept_answers_are_without_the_key() throws IOException {
        serve(List.of(200, 200, 500, 200, 401, 200, 302));
        trainer().build().fit();
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("step 1: ", "[secret]")
                .doesNotContain(KEY);
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            assertThat(files).extracting(file -> file.getFileName().toString()).contains("answers.sqlite");
            for (Path file : files) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(KEY);
            }
        }
        assertThat(directory.resolve("run/rollouts.jsonl"))
                .content()
                .contains("I am Bearer [secret]", "Incorrect API key provided: Bearer [secret]");
    }

    @Test
    void the_exception_of_a_wrong_key_is_without_it() {
        serve(List.of(401));
        Throwable failure = catchThrowable(() -> trainer().build().fit());
        assertThat(failure)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Incorrect API key provided: Bearer [secret]");
        assertThat(Throwables.getStackTraceAsString(failure)).doesNotContain(KEY);
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(KEY);
    }
}
