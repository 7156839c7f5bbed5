package dev.wst.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.wst.Ending;
import dev.wst.StepMetrics;
import dev.wst.TeacherPolicy;
import dev.wst.TrainingReport;
import dev.wst.Validation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<String> received = new ArrayList<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream console = System.err;
    private Instant now = Instant.ofEpochSecond(100);
    private int status = 200;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/2.0/mlflow/runs/", exchange -> {
            String what = exchange.getRequestURI().getPath().substring("/api/2.0/mlflow/runs/".length());
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(what + " " + request);
            byte[] body = (status != 200
                            ? "no"
                            : what.equals("create") ? "{\"run\":{\"info\":{\"run_id\":\"r1\"}}}" : "{}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(console);
        server.stop(0);
    }

    private Mlflow listener() {
        return Mlflow.at(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "7", "first", () -> now);
    }

    private static StepMetrics step(int step, String name, double value) {
        return new StepMetrics(step, Map.of(name, value));
    }

    private static TrainingReport report(Ending ending) {
        TeacherPolicy teacher = (TeacherPolicy) Proxy.newProxyInstance(
                TeacherPolicy.class.getClassLoader(), new Class<?>[] {TeacherPolicy.class}, (proxy, method, args) -> {
                    throw new UnsupportedOperationException();
                });
        return new TrainingReport(teacher, List.of(), List.of(), Optional.empty(), ending, List.of());
    }

    private long warnings() {
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("WARN"))
                .count();
    }

    @Test
    void a_run_is_made_told_of_its_steps_and_ended() {
        Mlflow listener = listener();
        listener.onStart(2);
        listener.onStep(step(1, "reward", 0.5), List.of());
        listener.onValidation(new Validation(1, List.of()));
        listener.onEnd(report(Ending.FINISHED));
        assertThat(received)
                .containsExactly(
                        "create {\"experiment_id\":\"7\",\"run_name\":\"first\",\"start_time\":100000}",
                        "log-batch {\"run_id\":\"r1\",\"metrics\":[{\"key\":\"reward\",\"value\":0.5,\"timestamp\":100000,"
                                + "\"step\":1}]}",
                        "log-batch {\"run_id\":\"r1\",\"metrics\":[{\"key\":\"eval/unscored\",\"value\":0.0,"
                                + "\"timestamp\":100000,\"step\":1}]}",
                        "update {\"run_id\":\"r1\",\"status\":\"FINISHED\",\"end_time\":100000}");
    }

    @Test
    void a_server_that_fails_is_told_of_once_and_gets_what_waited() {
        status = 500;
        Mlflow listener = listener();
        listener.onStart(5);
        for (int i = 1; i <= 3; i++) {
            listener.onStep(step(i, "reward", i), List.of());
        }
        assertThat(received).as("no request for a minute").hasSize(1);
        now = now.plus(Duration.ofMinutes(1));
        listener.onStep(step(4, "reward", 4), List.of());
        assertThat(received).hasSize(2);
        assertThat(warnings()).isEqualTo(1);
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("metrics cannot be sent to MLflow at http://127.0.0.1:"
                        + server.getAddress().getPort()
                        + ": runs/create: status 500, no; the run goes on, and they are sent later if it answers");
        status = 200;
        now = now.plus(Duration.ofMinutes(1));
        listener.onStep(step(5, "reward", 5), List.of());
        assertThat(received).hasSize(4);
        assertThat(received.get(3)).contains("\"step\":1}", "\"step\":2}", "\"step\":3}", "\"step\":4}", "\"step\":5}");
        listener.onEnd(report(Ending.INTERRUPTED));
        assertThat(received).last().asString().contains("\"status\":\"KILLED\"");
    }

    @Test
    void a_run_that_fails_is_told_of() {
        Mlflow listener = listener();
        listener.onStart(2);
        listener.onFailure(new IllegalStateException("the student is gone"));
        assertThat(received).last().isEqualTo("update {\"run_id\":\"r1\",\"status\":\"FAILED\",\"end_time\":100000}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:5000", "mlflow", "file:///tmp/mlruns", "http:/mlflow"})
    void what_is_no_address_of_a_server_is_refused_before_the_run(String address) {
        assertThatThrownBy(() -> Mlflow.at(URI.create(address), "0", "first", () -> now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an MLflow server is an address such as http://127.0.0.1:5000, got " + address);
    }

    @Test
    void nobody_at_the_address_ends_no_run() {
        server.stop(0);
        Mlflow listener = listener();
        listener.onStart(1);
        listener.onStep(step(1, "reward", 0.5), List.of());
        listener.onEnd(report(Ending.FINISHED));
        assertThat(warnings()).isEqualTo(1);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("ConnectException");
    }

    @Test
    void no_request_has_more_numbers_than_mlflow_takes_and_all_are_allowed() throws IOException {
        Map<String, Double> many = new LinkedHashMap<>();
        for (int i = 0; i < 1500; i++) {
            many.put("part/no " + i + "#", 1.0);
        }
        many.put("undefined", Double.NaN);
        Mlflow listener = listener();
        listener.onResume(List.of(new StepMetrics(1, many)), List.of());
        listener.onStart(3);
        assertThat(received).hasSize(3);
        JsonNode first = MAPPER.readTree(received.get(1).substring("log-batch ".length()));
        JsonNode second = MAPPER.readTree(received.get(2).substring("log-batch ".length()));
        assertThat(first.path("metrics")).hasSize(1000);
        assertThat(second.path("metrics")).hasSize(500);
        assertThat(second.path("metrics").get(499).path("key").asText()).isEqualTo("part/no 1499_");
    }
}
