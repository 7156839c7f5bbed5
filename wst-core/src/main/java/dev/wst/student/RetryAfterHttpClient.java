package dev.wst.student;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.wst.InterruptedRunException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

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
        Secrets secrets = Secrets.of(request);
        String what = secrets.mask(request.method() + " " + request.url());
        HttpResponse<String> response = send(asJdkRequest(request, secrets), what, secrets);
        String body = secrets.mask(response.body());
        int status = response.statusCode();
        if (status < FIRST_OK || status >= FIRST_NOT_OK) {
            throw RetryAfter.in(response.headers(), clock)
                    .<HttpException>map(pause -> new RetryLaterException(status, what + ": " + body, pause))
                    .orElseGet(() -> new HttpException(status, what + ": " + body));
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(status)
                .headers(response.headers().map())
                .body(body)
                .build();
    }

    /** The request's own time-out would end with the headers; this one holds for the body too. */
    private HttpResponse<String> send(java.net.http.HttpRequest request, String what, Secrets secrets) {
        CompletableFuture<HttpResponse<String>> response = client.sendAsync(request, BodyHandlers.ofString());
        try {
            return response.get(TimeUnit.NANOSECONDS.convert(readTimeout), TimeUnit.NANOSECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException(what + ": no whole response within " + readTimeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException(what + ": interrupted");
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause(), what, secrets);
        } finally {
            // Closes the connection of a response that nobody waits for any more.
            response.cancel(true);
        }
    }

    /** The JDK's exceptions about connections have no message, and may hold the address with its key. */
    private static RuntimeException failure(Throwable e, String what, Secrets secrets) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : secrets.mask(e.getMessage());
        Throwable cause = secrets.cause(e);
        if (e instanceof HttpTimeoutException) {
            return new TimeoutException(what + ": " + reason, cause);
        }
        return new LangChain4jException(what + ": " + reason, cause);
    }

    private static java.net.http.HttpRequest asJdkRequest(HttpRequest request, Secrets secrets) {
        if (!request.formDataFields().isEmpty() || !request.formDataFiles().isEmpty()) {
            throw new UnsupportedFeatureException("this HTTP client sends text, not forms");
        }
        String body = request.body();
        java.net.http.HttpRequest.Builder builder = to(request.url(), secrets)
                .method(
                        request.method().name(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        request.headers().forEach((name, values) -> values.forEach(value -> addHeader(builder, name, value)));
        return builder.build();
    }

    private static java.net.http.HttpRequest.Builder to(String url, Secrets secrets) {
        try {
            return java.net.http.HttpRequest.newBuilder(URI.create(url));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("this is no address: " + secrets.mask(url), secrets.cause(e));
        }
    }

    /** The JDK's message holds the value: a key that was read with its line break, say. */
    private static void addHeader(java.net.http.HttpRequest.Builder builder, String name, String value) {
        try {
            builder.header(name, value);
        } catch (IllegalArgumentException e) {
            String message = "the header " + name
                    + " cannot be sent: its value has a line break or another character that" + " no header may have";
            throw Secrets.isSecret(name)
                    ? new AuthenticationException(message + "; strip the key")
                    : new InvalidRequestException(message);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedFeatureException("this HTTP client does not stream; a student answers as a whole");
    }
}
