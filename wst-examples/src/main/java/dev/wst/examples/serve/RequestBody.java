package dev.wst.examples.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The body of a request, which arrives as fast as its client sends it. Closing it ends the exchange, and waits for no client. */
final class RequestBody implements AutoCloseable {
    /** A client that has its answer before it has sent everything may do so for this long: one that is cut off may not see its answer. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final HttpExchange exchange;
    private final ExecutorService threads;
    private Optional<Future<byte[]>> reading = Optional.empty();
    private boolean isWhole;

    RequestBody(HttpExchange exchange, ExecutorService threads) {
        this.exchange = exchange;
        this.threads = threads;
    }

    /**
     * Reads all of it.
     *
     * @param most bytes
     * @param time in which it must have arrived
     * @throws IOException if the client goes away
     */
    byte[] read(int most, Duration time) throws IOException {
        Future<byte[]> arriving = threads.submit(() -> exchange.getRequestBody().readNBytes(most + 1));
        reading = Optional.of(arriving);
        byte[] body;
        try {
            body = arriving.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RefusedRequestException(408, "timeout", "the request did not arrive within " + time);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException gone) {
                throw gone;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw RefusedRequestException.closing();
        }
        if (body.length > most) {
            throw new RefusedRequestException(413, "request_too_large", "a request may have " + most + " bytes");
        }
        isWhole = true;
        return body;
    }

    @Override
    public void close() {
        if (isWhole) {
            exchange.close();
            return;
        }
        // The JDK's server reads what is left of a request before it ends an exchange. A thread that is interrupted
        // while it reads closes the connection.
        reading.ifPresent(arriving -> arriving.cancel(true));
        try {
            Future<?> closing = threads.submit(exchange::close);
            try {
                closing.get(REST.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | InterruptedException e) {
                closing.cancel(true);
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        } catch (RejectedExecutionException e) {
            // The endpoint is being closed, and with it all connections.
            exchange.close();
        }
    }
}
