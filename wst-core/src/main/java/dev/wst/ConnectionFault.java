package dev.wst;

import dev.wst.Answer.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an exception says of a connection. */
final class ConnectionFault {
    /** Of encrypted connections, and of Apache's, OkHttp's and Netty's clients; each without its subclasses. */
    private static final Set<String> BROKEN = Set.of(
            "javax.net.ssl.SSLException",
            "org.apache.hc.core5.http.ConnectionClosedException",
            "org.apache.hc.core5.http.NoHttpResponseException",
            "org.apache.http.ConnectionClosedException",
            "org.apache.http.NoHttpResponseException",
            "okhttp3.internal.http2.ConnectionShutdownException",
            "okhttp3.internal.http2.StreamResetException",
            "io.netty.channel.unix.Errors$NativeIoException",
            "reactor.netty.http.client.PrematureCloseException");

    private ConnectionFault() {}

    static Optional<FailureKind> kind(Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        if (chain.stream().anyMatch(ConnectionFault::isUnreachable)) {
            return Optional.of(FailureKind.UNREACHABLE);
        }
        // Clients close the connection when the time is up, and say so below.
        boolean isOurs = chain.stream().anyMatch(ConnectionFault::isClosedHere);
        return !isOurs && chain.stream().anyMatch(ConnectionFault::isBroken)
                ? Optional.of(FailureKind.BROKEN_OFF)
                : Optional.empty();
    }

    private static List<Throwable> chain(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> chain = new ArrayList<>();
        for (@Nullable Throwable next = thrown; next != null && seen.add(next); next = next.getCause()) {
            chain.add(next);
        }
        return chain;
    }

    /** What is thrown before a request is sent. */
    private static boolean isUnreachable(Throwable one) {
        return one instanceof ConnectException
                || one instanceof HttpConnectTimeoutException
                || one instanceof NoRouteToHostException
                || one instanceof UnknownHostException
                || one instanceof UnresolvedAddressException;
    }

    private static boolean isClosedHere(Throwable one) {
        return one instanceof InterruptedIOException
                || one instanceof HttpTimeoutException
                || one instanceof ClosedByInterruptException;
    }

    /**
     * What is thrown when the other side has gone. A reset, GOAWAY or the end of HTTP/2's stream is an {@link IOException} of no kind
     * of its own; its subclasses mean something else: malformed JSON, a refused certificate, time that is up.
     */
    private static boolean isBroken(Throwable one) {
        return one.getClass() == IOException.class
                || one instanceof EOFException
                || one instanceof SocketException
                || one instanceof ClosedChannelException
                || BROKEN.contains(one.getClass().getName());
    }
}
