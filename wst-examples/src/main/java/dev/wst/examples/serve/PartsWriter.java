package dev.wst.examples.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * Writes an answer as server-sent events while it comes. The status is sent with the first part, so that what fails before has a status
 * of its own; what fails afterwards ends the events with an error.
 */
final class PartsWriter implements StreamingChatResponseHandler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    private final HttpExchange exchange;
    private final Completion completion;
    private final boolean withUsage;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean begun;

    PartsWriter(HttpExchange exchange, Completion completion, boolean withUsage) {
        this.exchange = exchange;
        this.completion = completion;
        this.withUsage = withUsage;
    }

    /** Ends with the answer, or with what it failed of. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** Whether anything was sent. */
    synchronized boolean hasBegun() {
        return begun;
    }

    @Override
    public void onPartialResponse(String text) {
        try {
            send(completion.part(text));
        } catch (UncheckedIOException e) {
            done.completeExceptionally(e);
        }
    }

    @Override
    public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
        onPartialResponse(text.text());
        if (done.isCompletedExceptionally()) {
            // The client has gone: no more is paid for.
            context.streamingHandle().cancel();
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        try {
            send(completion.end(response));
            if (withUsage) {
                send(completion.tokens(response));
            }
            write("data: [DONE]\n\n");
            done.complete(null);
        } catch (UncheckedIOException e) {
            done.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable error) {
        done.completeExceptionally(error);
    }

    /** Ends events that were begun. */
    void fail(ObjectNode error) {
        write("data: " + error + "\n\n");
    }

    private void send(ObjectNode event) {
        begin();
        write("data: " + text(event) + "\n\n");
    }

    private static String text(ObjectNode event) {
        try {
            return JSON.writeValueAsString(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void begin() {
        if (begun) {
            return;
        }
        begun = true;
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        try {
            exchange.sendResponseHeaders(OK, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write("data: " + text(completion.begin()) + "\n\n");
    }

    private synchronized void write(String event) {
        try {
            OutputStream out = exchange.getResponseBody();
            out.write(event.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
