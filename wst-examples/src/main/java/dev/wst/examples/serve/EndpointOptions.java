package dev.wst.examples.serve;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Where an endpoint listens, and what it allows.
 *
 * @param address that clients reach it at; the loopback address unless somebody asked for another
 * @param port 0 for any that is free
 * @param key that clients must send, if any
 * @param most requests that arrive or are answered at once, at least 1; further ones are told to come again
 * @param bytes of a request at most, at least 1
 * @param timeout in which a request must have arrived, and then its answer; positive
 */
public record EndpointOptions(
        InetAddress address, int port, Optional<String> key, int most, int bytes, Duration timeout) {
    public EndpointOptions {
        if (most < 1) {
            throw new IllegalArgumentException("requests answered at once (--most) must be at least 1, got " + most);
        }
        if (bytes < 1) {
            throw new IllegalArgumentException("the bytes of a request must be at least 1, got " + bytes);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time of an answer (--timeout) must be positive, got " + timeout);
        }
    }

    public static EndpointOptions onLoopback(int port) {
        return new EndpointOptions(
                InetAddress.getLoopbackAddress(), port, Optional.empty(), 64, 4 << 20, Duration.ofMinutes(5));
    }

    public EndpointOptions withKey(String value) {
        return new EndpointOptions(address, port, Optional.of(value), most, bytes, timeout);
    }

    public EndpointOptions withMost(int value) {
        return new EndpointOptions(address, port, key, value, bytes, timeout);
    }

    public EndpointOptions withBytes(int value) {
        return new EndpointOptions(address, port, key, most, value, timeout);
    }

    public EndpointOptions withTimeout(Duration value) {
        return new EndpointOptions(address, port, key, most, bytes, value);
    }

    public EndpointOptions withAddress(InetAddress value) {
        return new EndpointOptions(value, port, key, most, bytes, timeout);
    }
}
