package dev.wst.examples.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.wst.student.ChatCall;

/** What a client is told of a failure. */
final class Failures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Failures() {}

    /** Of a chat model that threw; no key stands in it. */
    static RefusedRequestException of(RuntimeException failure) {
        if (failure instanceof RefusedRequestException refused) {
            return refused;
        }
        String message = ChatCall.failure(failure);
        if (failure instanceof InvalidRequestException || failure instanceof UnsupportedFeatureException) {
            return new RefusedRequestException(400, "invalid_request", message);
        }
        if (failure instanceof ContentFilteredException) {
            return new RefusedRequestException(400, "content_filter", message);
        }
        if (failure instanceof RateLimitException) {
            return new RefusedRequestException(429, "rate_limit_exceeded", message);
        }
        if (failure instanceof TimeoutException) {
            return new RefusedRequestException(504, "timeout", message);
        }
        return new RefusedRequestException(502, "student_failed", message);
    }

    static ObjectNode json(RefusedRequestException refused) {
        ObjectNode json = JSON.createObjectNode();
        json.putObject("error")
                .put("message", refused.getMessage())
                .put("type", refused.status() < 500 ? "invalid_request_error" : "server_error")
                .putNull("param")
                .put("code", refused.code());
        return json;
    }
}
