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
 * @param most requests answered at once; further ones are told to come again
 * @param bytes of a request at most
 * @param timeout of an answer
 */
public record EndpointOptions(
        InetAddress address, int port, Optional<String> key, int most, int bytes, Duration timeout) {
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
