package dev.wst.examples.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wst.EnvironmentException;
import dev.wst.WstException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a chat model by OpenAI's protocol: {@code POST /v1/chat/completions}, streamed or not, {@code GET /v1/models} and
 * {@code GET /v1/models/NAME}.
 */
public final class ChatEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChatEndpoint.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /**
     * Read when the JDK's server is first loaded. It writes head and body of an answer one after the other; without this, the body
     * waits for the client to acknowledge the head, which clients put off for 40 ms.
     */
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private static final String BEARER = "Bearer ";
    private static final int BACKLOG = 1024;
    private static final int OK = 200;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServedModel served;
    private final EndpointOptions options;
    private final InstantSource clock;
    private final Semaphore places;

    private ChatEndpoint(HttpServer server, ServedModel served, EndpointOptions options, InstantSource clock) {
        this.server = server;
        this.served = served;
        this.options = options;
        this.clock = clock;
        this.places = new Semaphore(options.most());
    }

    /**
     * Listens.
     *
     * @throws EnvironmentException if the port is taken, or no address of this machine
     */
    public static ChatEndpoint start(ServedModel served, EndpointOptions options, InstantSource clock) {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(options.address(), options.port()), BACKLOG);
        } catch (BindException e) {
            throw new EnvironmentException(
                    "nothing can listen on port " + options.port() + " of " + options.address() + ": " + e.getMessage()
                            + "; choose another with --port, or stop what listens there",
                    e);
        } catch (IOException e) {
            throw new EnvironmentException("no server could be started: " + e, e);
        }
        ChatEndpoint endpoint = new ChatEndpoint(server, served, options, clock);
        server.setExecutor(endpoint.threads);
        server.createContext("/", endpoint::handle);
        server.start();
        return endpoint;
    }

    /** What clients take as their base URL. */
    public String url() {
        String host = options.address().isLoopbackAddress()
                ? "127.0.0.1"
                : options.address().getHostAddress();
        return "http://" + host + ":" + server.getAddress().getPort() + "/v1";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (RequestBody body = new RequestBody(exchange, threads)) {
            try {
                requireKey(exchange);
                answer(exchange, body);
            } catch (RefusedRequestException e) {
                send(exchange, e.status(), Failures.json(e));
            } catch (UncheckedIOException e) {
                LOG.debug("a client went away: {}", e.toString());
            } catch (RuntimeException e) {
                LOG.warn("a request failed: {}", e.toString());
                send(exchange, Failures.of(e).status(), Failures.json(Failures.of(e)));
            }
        }
    }

    private void requireKey(HttpExchange exchange) {
        if (options.key().isEmpty()) {
            return;
        }
        String sent = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .filter(header -> header.startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()).strip())
                .orElse("");
        // Takes as long whatever differs.
        if (!MessageDigest.isEqual(bytes(sent), bytes(options.key().get()))) {
            throw new RefusedRequestException(
                    401, "invalid_api_key", "the key that this endpoint asks for is missing or another");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange, RequestBody body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String asked = exchange.getRequestMethod() + " " + path;
        if (asked.equals("POST /v1/chat/completions")) {
            complete(exchange, body);
        } else if (asked.equals("GET /v1/models")) {
            ObjectNode all = JSON.createObjectNode().put("object", "list");
            all.putArray("data").add(model());
            send(exchange, OK, all);
        } else if (asked.startsWith("GET /v1/models/")) {
            requireModel(path.substring("/v1/models/".length()));
            send(exchange, OK, model());
        } else {
            throw new RefusedRequestException(
                    404,
                    "not_found",
                    "there is no " + asked + " here; POST /v1/chat/completions and GET /v1/models are");
        }
    }

    private ObjectNode model() {
        return JSON.createObjectNode()
                .put("id", served.name())
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "wst");
    }

    private void requireModel(String name) {
        if (!name.equals(served.name())) {
            throw new RefusedRequestException(
                    404, "model_not_found", "there is no model " + name + " here; ask for " + served.name());
        }
    }

    /** A request has its place while it arrives: what was not read yet is not refused later. */
    private void complete(HttpExchange exchange, RequestBody body) throws IOException {
        if (!places.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            throw new RefusedRequestException(
                    429, "too_many_requests", options.most() + " requests are being answered; come again later");
        }
        try {
            CompletionRequest request = CompletionRequest.read(body.read(options.bytes(), options.timeout()));
            requireModel(request.model());
            complete(exchange, request);
        } finally {
            places.release();
        }
    }

    private void complete(HttpExchange exchange, CompletionRequest request) throws IOException {
        Completion completion = new Completion(
                "chatcmpl-" + UUID.randomUUID(), served.name(), clock.instant().getEpochSecond());
        if (request.streamed()) {
            stream(exchange, request, completion);
        } else {
            send(
                    exchange,
                    OK,
                    completion.whole(within(
                            CompletableFuture.supplyAsync(() -> served.model().chat(request.chat()), threads))));
        }
    }

    private void stream(HttpExchange exchange, CompletionRequest request, Completion completion) {
        PartsWriter parts = new PartsWriter(exchange, completion, request.usageStreamed());
        try {
            var unused = CompletableFuture.runAsync(() -> served.chat(request.chat(), parts), threads)
                    .whenComplete((nothing, failure) -> {
                        if (failure != null) {
                            parts.onError(WstException.causeOf(failure));
                        }
                    });
            within(parts.done());
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            if (!parts.hasBegun()) {
                throw e;
            }
            LOG.warn("an answer broke off: {}", e.toString());
            parts.fail(Failures.json(Failures.of(e)));
        }
    }

    private <T> T within(CompletableFuture<T> answer) {
        try {
            return answer.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new RefusedRequestException(504, "timeout", "there was no answer within " + options.timeout());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw RefusedRequestException.closing();
        }
    }

    private static void send(HttpExchange exchange, int status, ObjectNode json) throws IOException {
        byte[] body = JSON.writeValueAsBytes(json);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        // Closing it would wait for the rest of the request.
        OutputStream out = exchange.getResponseBody();
        out.write(body);
        out.flush();
    }

    /** Lets the requests under way end, for a second at most. */
    @Override
    public void close() {
        server.stop(1);
        threads.shutdownNow();
    }
}
