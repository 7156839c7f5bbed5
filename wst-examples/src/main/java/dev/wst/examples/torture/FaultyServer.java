package dev.wst.examples.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wst.Answer.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BinaryOperator;

/** An OpenAI-compatible server on loopback that often does something else than to answer. */
final class FaultyServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Faults faults;
    private final BinaryOperator<String> answers;
    private final boolean saysUsage;
    private final Map<String, Served> served = new ConcurrentHashMap<>();

    /**
     * What came of a question so far: how often it was asked and answered, and what was done to it last.
     *
     * @param cutOff requests whose connection was closed before the answer was whole
     */
    record Served(int requests, int answers, int cutOff, Optional<Fault> last) {
        static final Served NOTHING = new Served(0, 0, 0, Optional.empty());

        private Served next(Optional<Fault> fault) {
            Optional<FailureKind> kind = fault.flatMap(Fault::kind);
            return new Served(
                    requests + 1,
                    answers + (kind.isEmpty() ? 1 : 0),
                    cutOff + (kind.filter(FailureKind::isOutage).isPresent() ? 1 : 0),
                    fault);
        }

        /** How many requests ended like the last one: those that the connection undid are tried again by their own count. */
        int likeLast() {
            return last.flatMap(Fault::kind).filter(FailureKind::isOutage).isPresent() ? cutOff : requests - cutOff;
        }
    }

    /** @param answers to a system message, blank if there is none, and a question */
    FaultyServer(Faults faults, BinaryOperator<String> answers) throws IOException {
        this(faults, answers, true);
    }

    /** @param saysUsage whether its answers say how many tokens they took */
    FaultyServer(Faults faults, BinaryOperator<String> answers, boolean saysUsage) throws IOException {
        this.saysUsage = saysUsage;
        this.faults = faults;
        this.answers = answers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    Served served(String system, String question) {
        return served.getOrDefault(key(system, question), Served.NOTHING);
    }

    int requests() {
        return served.values().stream().mapToInt(Served::requests).sum();
    }

    /** Requests that were answered; each took {@link Reply#TOKENS} twice. */
    int answered() {
        return served.values().stream().mapToInt(Served::answers).sum();
    }

    private static String key(String system, String question) {
        return system.length() + ":" + system + question;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            String system = "";
            String question = "";
            for (JsonNode message : request.path("messages")) {
                String content = message.path("content").asText();
                if (message.path("role").asText().equals("system")) {
                    system = content;
                } else {
                    question = content;
                }
            }
            Reply reply = new Reply(exchange, answers.apply(system, question), saysUsage);
            reply.send(next(key(system, question)));
        }
    }

    private Optional<Fault> next(String key) {
        return served.compute(key, (same, before) -> {
                    Served soFar = before == null ? Served.NOTHING : before;
                    return soFar.next(faults.of(key, soFar.requests()));
                })
                .last();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
