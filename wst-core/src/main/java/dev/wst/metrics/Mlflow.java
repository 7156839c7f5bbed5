package dev.wst.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.Validation;
import dev.wst.files.Uninterrupted;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a run's metrics to an MLflow tracking server, through its REST API: every metric by step, validations as
 * {@code eval/reward} and {@code eval/unscored}.
 *
 * <pre>{@code
 * WstTrainer trainer = WstTrainer.builder()
 *         .teacher(teacher).student(student).reward(reward).tasks(tasks)
 *         .listener(Mlflow.at(URI.create("http://127.0.0.1:5000"), "0", "first", InstantSource.system()))
 *         .build();
 * }</pre>
 *
 * <p>A server that does not answer, or refuses, never ends a run: that is logged once, metrics wait, and are sent with those of a
 * later step, no sooner than a minute after. Of what waits the newest 20,000 numbers are kept. A run that is resumed is another
 * run in MLflow, which is sent the steps before it too. What is no finite number is left out, and characters that MLflow does not
 * allow in a name become "_".
 */
public final class Mlflow implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(Mlflow.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** MLflow takes no more in one request. */
    private static final int BATCH = 1000;

    private static final int MOST_WAITING = 20_000;
    private static final int OK = 200;
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final String API = "/api/2.0/mlflow/";

    /** Without a slash at the end. */
    private final String server;

    private final String experiment;
    private final String name;
    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Deque<ObjectNode> waiting = new ArrayDeque<>();
    private Optional<String> run = Optional.empty();
    private Instant notBefore = Instant.MIN;
    private boolean isDown;

    private Mlflow(URI server, String experiment, String name, InstantSource clock) {
        if (server.getHost() == null || !SCHEMES.contains(String.valueOf(server.getScheme()))) {
            throw new IllegalArgumentException(
                    "an MLflow server is an address such as http://127.0.0.1:5000, got " + server);
        }
        this.server = server.toString().replaceFirst("/+$", "");
        this.experiment = Objects.requireNonNull(experiment, "experiment");
        this.name = Objects.requireNonNull(name, "name");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Sends to this server.
     *
     * @param server such as http://127.0.0.1:5000; another scheme, or none, is an {@link IllegalArgumentException}
     * @param experiment its id; "0" is MLflow's default experiment
     * @param name of the run
     * @param clock gives numbers their time
     */
    public static Mlflow at(URI server, String experiment, String name, InstantSource clock) {
        return new Mlflow(server, experiment, name, clock);
    }

    @Override
    public void onResume(List<StepMetrics> steps, List<Validation> validations) {
        steps.forEach(step -> add(step.step(), step.values()));
        validations.forEach(validation -> add(validation.step(), MetricsLine.values(validation)));
    }

    @Override
    public void onStart(int steps) {
        send();
    }

    @Override
    public void onStep(StepMetrics metrics, List<Rollout> rollouts) {
        add(metrics.step(), metrics.values());
        send();
    }

    @Override
    public void onValidation(Validation validation) {
        add(validation.step(), MetricsLine.values(validation));
        send();
    }

    @Override
    public void onEnd(TrainingReport report) {
        end(report.ending().isComplete() ? "FINISHED" : "KILLED");
    }

    @Override
    public void onFailure(Throwable failure) {
        end("FAILED");
    }

    private void end(String status) {
        // The client would refuse to send for a run that was interrupted.
        Uninterrupted.run(() -> {
            notBefore = Instant.MIN;
            send();
            finish(status);
        });
    }

    private void finish(String status) {
        run.filter(id -> waiting.isEmpty())
                .ifPresent(id -> attempt(() -> call(
                        "runs/update",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("run_id", id)
                                .put("status", status)
                                .put("end_time", clock.millis()))));
    }

    private void add(int step, Map<String, Double> values) {
        values.forEach((metric, value) -> {
            if (Double.isFinite(value)) {
                waiting.add(JsonNodeFactory.instance
                        .objectNode()
                        .put("key", metric.replaceAll("[^\\w/. -]", "_"))
                        .put("value", value)
                        .put("timestamp", clock.millis())
                        .put("step", step));
            }
        });
        while (waiting.size() > MOST_WAITING) {
            waiting.remove();
        }
    }

    /** All that waits. */
    private void send() {
        if (!clock.instant().isBefore(notBefore)) {
            attempt(() -> {
                String id = run.isPresent() ? run.get() : created();
                run = Optional.of(id);
                while (!waiting.isEmpty()) {
                    sendBatch(id);
                }
            });
        }
    }

    private String created() throws IOException, InterruptedException {
        JsonNode answer = call(
                "runs/create",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("experiment_id", experiment)
                        .put("run_name", name)
                        .put("start_time", clock.millis()));
        String id = answer.path("run").path("info").path("run_id").asText();
        if (id.isEmpty()) {
            throw new IOException("it made no run: " + answer);
        }
        return id;
    }

    private void sendBatch(String id) throws IOException, InterruptedException {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("run_id", id);
        ArrayNode metrics = request.putArray("metrics");
        waiting.stream().limit(BATCH).forEach(metrics::add);
        call("runs/log-batch", request);
        for (int i = 0; i < metrics.size(); i++) {
            waiting.remove();
        }
    }

    /** Something that may fail without harm to the run. */
    private interface Sending {
        void send() throws IOException, InterruptedException;
    }

    private void attempt(Sending sending) {
        try {
            sending.send();
            if (isDown) {
                LOG.info("MLflow at {} has been sent what waited", server);
            }
            isDown = false;
        } catch (IOException e) {
            notBefore = clock.instant().plus(PAUSE);
            if (!isDown) {
                LOG.warn(
                        "metrics cannot be sent to MLflow at {}: {}; the run goes on, and they are sent later if it answers",
                        server,
                        reason(e));
            }
            isDown = true;
        } catch (InterruptedException e) {
            // The run sees to it.
            Thread.currentThread().interrupt();
        }
    }

    /** The JDK's exceptions about connections have no message. */
    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private JsonNode call(String what, ObjectNode request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(server + API + what))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(request.toString()))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new IOException(
                    String.format(Locale.ROOT, "%s: status %d, %s", what, response.statusCode(), response.body()));
        }
        try {
            return MAPPER.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IOException(what + ": its answer is no JSON", e);
        }
    }
}
