package dev.wst.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that is sent is in nothing that comes out. */
class SecretsTest {
    private static final String KEY = "very+hidden/key";
    private static final String ENCODED = "very%2Bhidden%2Fkey";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The path answers with the request's headers and address in the body. */
    private void echo(int status) {
        server.createContext("/v1", exchange -> {
            String said = exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().entrySet() + " " + KEY;
            byte[] body = said.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .add("Location", exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static String execute(String url, Map<String, List<String>> headers) {
        return new RetryAfterHttpClientBuilder()
                .readTimeout(Duration.ofSeconds(5))
                .build()
                .execute(HttpRequest.builder()
                        .method(HttpMethod.POST)
                        .url(url)
                        .headers(headers)
                        .body("{}")
                        .build())
                .body();
    }

    private static void requireHidden(String text) {
        assertThat(text).doesNotContain(KEY).doesNotContain(ENCODED);
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, 'Bearer '",
        "authorization, ''",
        "api-key, ''",
        "X-Api-Key, ''",
        "x-goog-api-key, ''",
        "Ocp-Apim-Subscription-Key, ''"
    })
    void a_key_in_a_header_is_masked_whatever_the_server_says(String header, String scheme) {
        echo(500);
        Throwable failure = catchThrowable(() -> execute(url(), Map.of(header, List.of(scheme + KEY))));
        assertThat(failure).hasMessageContaining("[secret]").hasMessageStartingWith("POST " + url() + ": ");
        requireHidden(Throwables.getStackTraceAsString(failure));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 401, 429, 500})
    void a_key_in_the_address_is_masked_at_every_status(int status) {
        echo(status);
        String address = url() + "?model=m&key=" + ENCODED;
        if (status == 200) {
            assertThat(execute(address, Map.of()))
                    .contains("model=m&key=[secret]")
                    .doesNotContain(KEY);
        } else {
            Throwable failure = catchThrowable(() -> execute(address, Map.of()));
            assertThat(failure).hasMessageStartingWith("POST " + url() + "?model=m&key=[secret]: ");
            requireHidden(Throwables.getStackTraceAsString(failure));
        }
    }

    @Test
    void nobody_there_is_told_without_the_key() {
        Throwable failure = catchThrowable(
                () -> execute("http://127.0.0.1:1/v1?api_key=" + ENCODED, Map.of("api-key", List.of(KEY))));
        assertThat(failure).hasMessageStartingWith("POST http://127.0.0.1:1/v1?api_key=[secret]: ");
        requireHidden(Throwables.getStackTraceAsString(failure));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://no host/v1?key=", "http:///v1?key="})
    void what_is_no_address_is_told_without_the_key(String address) {
        Throwable failure = catchThrowable(() -> execute(address + ENCODED, Map.of()));
        assertThat(failure)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("this is no address: " + address + "[secret]");
        requireHidden(Throwables.getStackTraceAsString(failure));
    }

    @Test
    void a_key_with_a_line_break_is_told_without_the_key() {
        Throwable failure =
                catchThrowable(() -> execute(url(), Map.of("Authorization", List.of("Bearer " + KEY + "\n"))));
        assertThat(failure)
                .isInstanceOf(AuthenticationException.class)
                .hasMessage(
                        "the header Authorization cannot be sent: its value has a line break or another character that no"
                                + " header may have; strip the key");
        requireHidden(Throwables.getStackTraceAsString(failure));
    }

    @Test
    void a_word_in_place_of_a_key_is_not_masked() {
        echo(401);
        Throwable failure = catchThrowable(() -> execute(url(), Map.of("Authorization", List.of("Bearer none"))));
        assertThat(failure).hasMessageContaining("Bearer none");
    }

    @Test
    void a_body_that_never_ends_is_a_time_out_and_its_connection_is_closed() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        server.createContext("/v1", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(" ".repeat(100).getBytes(StandardCharsets.UTF_8));
                    body.flush();
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            } catch (IOException e) {
                closed.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        RetryAfterHttpClientBuilder builder = new RetryAfterHttpClientBuilder().readTimeout(Duration.ofMillis(300));
        HttpRequest request =
                HttpRequest.builder().method(HttpMethod.GET).url(url()).build();
        assertThat(catchThrowable(() -> builder.build().execute(request)))
                .isInstanceOf(dev.langchain4j.exception.TimeoutException.class)
                .hasMessage("GET " + url() + ": no whole response within PT0.3S");
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "401: Bearer abcdefgh123 is wrong, 401: Bearer [secret] is wrong",
        "Incorrect API key provided: sk-proj-abc_123456., Incorrect API key provided: [secret].",
        "GET https://host/v1?alt=json&key=abcdefgh123&x=1, GET https://host/v1?alt=json&key=[secret]&x=1",
        "{x-api-key: abcdefgh123}, {x-api-key: [secret]}",
        "the bearer of bad news, the bearer of bad news",
        "a task-oriented question, a task-oriented question"
    })
    void keys_of_other_clients_are_known_by_their_looks(String message, String masked) {
        assertThat(KeyShapes.mask(message)).isEqualTo(masked);
    }
}
