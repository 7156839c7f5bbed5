package dev.wst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which exceptions tell of a connection. */
class ConnectionFaultTest {
    static Stream<Arguments> exceptions() {
        return Stream.of(
                Arguments.of(new ConnectException("refused"), FailureKind.UNREACHABLE),
                Arguments.of(new UnknownHostException("nowhere"), FailureKind.UNREACHABLE),
                Arguments.of(new HttpConnectTimeoutException("slow"), FailureKind.UNREACHABLE),
                Arguments.of(
                        new IOException("HTTP/1.1 header parser received no bytes", new EOFException("EOF")),
                        FailureKind.BROKEN_OFF),
                Arguments.of(new IOException("/127.0.0.1:8000: GOAWAY received"), FailureKind.BROKEN_OFF),
                Arguments.of(new SocketException("Connection reset"), FailureKind.BROKEN_OFF),
                Arguments.of(new ClosedChannelException(), FailureKind.BROKEN_OFF),
                Arguments.of(new SSLException("closed without close_notify"), FailureKind.BROKEN_OFF),
                Arguments.of(
                        broken(new SSLHandshakeException("terminated"), new EOFException()), FailureKind.BROKEN_OFF),
                Arguments.of(broken(new SSLHandshakeException("no trust"), new CertificateException("unknown")), null),
                Arguments.of(new HttpTimeoutException("time is up"), null),
                Arguments.of(broken(new SocketTimeoutException("timeout"), new SocketException("closed")), null),
                Arguments.of(new ClosedByInterruptException(), null),
                Arguments.of(new ProtocolException("Invalid status line"), null),
                Arguments.of(new NoSuchFileException("model.gguf"), null),
                Arguments.of(new IllegalStateException("not JSON"), null));
    }

    private static Throwable broken(Throwable one, Throwable cause) {
        return one.initCause(cause);
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void a_fault_is_known_by_its_type_whatever_it_is_wrapped_in(Throwable thrown, @Nullable FailureKind kind) {
        assertThat(FailureKind.ofConnection(thrown).orElse(null)).isEqualTo(kind);
        Throwable wrapped = new WstException("the call failed", new RuntimeException(thrown));
        assertThat(FailureKind.ofConnection(wrapped).orElse(null)).isEqualTo(kind);
    }

    @Test
    void causes_that_go_round_in_a_circle_end() {
        IllegalStateException one = new IllegalStateException();
        UncheckedIOException other = new UncheckedIOException(new IOException(one));
        one.initCause(other);
        assertThat(FailureKind.ofConnection(one)).contains(FailureKind.BROKEN_OFF);
    }
}
