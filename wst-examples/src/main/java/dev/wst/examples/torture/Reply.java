package dev.wst.examples.torture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** One response of {@link FaultyServer}. */
final class Reply {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Read, and written, by each answer. */
    static final int TOKENS = 8;

    private static final long PAUSE_MILLIS = 50;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int BROKEN = 500;
    private static final int OVERLOADED = 503;

    private final HttpExchange exchange;
    private final String answer;
    private final boolean saysUsage;

    Reply(HttpExchange exchange, String answer, boolean saysUsage) {
        this.exchange = exchange;
        this.answer = answer;
        this.saysUsage = saysUsage;
    }

    void send(Optional<Fault> fault) throws IOException {
        if (fault.isEmpty()) {
            whole(OK, completion(answer, "stop"));
            return;
        }
        switch (fault.get()) {
            case BUSY -> whole(TOO_MANY, error("too many requests"));
            case BUSY_FOR_SECONDS -> busyUntil("1");
            case BUSY_UNTIL_DATE ->
                busyUntil(DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now().plusSeconds(1).atOffset(ZoneOffset.UTC)));
            case BROKEN -> whole(BROKEN, error("internal error"));
            case OVERLOADED -> whole(OVERLOADED, error("overloaded"));
            case CUT_BODY -> halfOnly(completion(answer, "stop"));
            case SLOW_BODY -> slowly(completion(answer, "stop"));
            case ENDLESS_BODY -> endlessly();
            case MALFORMED_JSON -> whole(OK, completion(answer, "stop").replace("\"choices\":[", "\"choices\":[[{,"));
            case NO_CHOICES -> whole(OK, "{\"id\":\"1\",\"model\":\"small\",\"choices\":[]}");
            case HTML_PAGE -> whole(OK, "<!DOCTYPE html><html><body>Please log in.</body></html>");
            case WRONG_MODEL -> whole(NOT_FOUND, error("The model `small` does not exist"));
            case FILTERED -> whole(OK, completion("I", "content_filter"));
        }
    }

    private String completion(String text, String reason) throws IOException {
        ObjectNode all = JSON.createObjectNode();
        all.put("id", "1").put("object", "chat.completion").put("model", "small");
        ObjectNode choice = all.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", reason);
        choice.putObject("message").put("role", "assistant").put("content", text);
        if (saysUsage) {
            all.putObject("usage")
                    .put("prompt_tokens", TOKENS)
                    .put("completion_tokens", TOKENS)
                    .put("total_tokens", 2 * TOKENS);
        }
        return JSON.writeValueAsString(all);
    }

    private static String error(String message) {
        return "{\"error\":{\"message\":\"" + message + "\"}}";
    }

    private void busyUntil(String when) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", when);
        whole(TOO_MANY, error("too many requests"));
    }

    private void whole(int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void halfOnly(String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(OK, body.length);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
    }

    private void slowly(String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(OK, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body, 0, body.length / 2);
            out.flush();
            pause();
            out.write(body, body.length / 2, body.length - body.length / 2);
        }
    }

    /** Until whoever reads it has gone. */
    private void endlessly() throws IOException {
        exchange.sendResponseHeaders(OK, 0);
        OutputStream out = exchange.getResponseBody();
        while (true) {
            out.write(' ');
            out.flush();
            pause();
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server was closed");
        }
    }
}
