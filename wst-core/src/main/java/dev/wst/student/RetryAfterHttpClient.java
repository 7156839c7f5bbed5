package dev.wst.student;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.wst.InterruptedRunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;

/** Sends requests by the JDK's client; see {@link RetryAfterHttpClientBuilder}. */
final class RetryAfterHttpClient implements HttpClient {
    private static final int FIRST_OK = 200;
    private static final int FIRST_NOT_OK = 300;

    private final java.net.http.HttpClient client;
    private final Duration readTimeout;
    private final InstantSource clock;

    RetryAfterHttpClient(Duration connectTimeout, Duration readTimeout, InstantSource clock) {
        this.client = java.net.http.HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .build();
        this.readTimeout = readTimeout;
        this.clock = clock;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        String what = request.method() + " " + request.url();
        HttpResponse<String> response;
        try {
            response = client.send(asJdkRequest(request), BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw new TimeoutException(what + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(what + ": " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException(what + ": interrupted");
        }
        int status = response.statusCode();
        if (status < FIRST_OK || status >= FIRST_NOT_OK) {
            throw RetryAfter.in(response.headers(), clock)
                    .<HttpException>map(pause -> new RetryLaterException(status, what + ": " + response.body(), pause))
                    .orElseGet(() -> new HttpException(status, what + ": " + response.body()));
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(status)
                .headers(response.headers().map())
                .body(response.body())
                .build();
    }

    /** The JDK's exceptions about connections have no message. */
    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private java.net.http.HttpRequest asJdkRequest(HttpRequest request) {
        if (!request.formDataFields().isEmpty() || !request.formDataFiles().isEmpty()) {
            throw new UnsupportedFeatureException("this HTTP client sends text, not forms");
        }
        String body = request.body();
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .timeout(readTimeout)
                .method(
                        request.method().name(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedFeatureException("this HTTP client does not stream; a student answers as a whole");
    }
}
