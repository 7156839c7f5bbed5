package dev.wst.student;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A server of OpenAI's protocol on loopback whose connections break while it answers. */
public final class BreakingServer implements AutoCloseable {
    private static final String BODY =
            "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"42\"},\"finish_reason\":\"stop\"}]}";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final IntFunction<Optional<Break>> breaks;

    /** How far an answer comes. */
    public enum Break {
        /** The connection is closed before a byte of it. */
        NOTHING,
        /** The connection is reset. */
        RESET,
        HALF_OF_THE_HEADERS,
        HALF_OF_THE_BODY,
        /** A body in chunks without its end. */
        A_CHUNK,
        /** HTTP/2's word that the server stops. */
        GOAWAY
    }

    /** @param breaks what is done to which request, counted from 0 */
    public BreakingServer(IntFunction<Optional<Break>> breaks) throws IOException {
        this.breaks = breaks;
        this.socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }

    public int requests() {
        return requests.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            read(new BufferedInputStream(connection.getInputStream()));
            Optional<Break> broken = breaks.apply(requests.getAndIncrement());
            if (broken.isPresent() && broken.get() == Break.RESET) {
                connection.setSoLinger(true, 0);
                return;
            }
            OutputStream out = connection.getOutputStream();
            out.write(broken.map(BreakingServer::part).orElseGet(BreakingServer::whole));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client has gone");
            }
            head.append((char) next);
        }
        String length = head.toString().replaceAll("(?is).*content-length: *(\\d+).*", "$1");
        in.readNBytes(Integer.parseInt(length));
    }

    private static byte[] whole() {
        return bytes(OK + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY);
    }

    private static byte[] part(Break broken) {
        return switch (broken) {
            case NOTHING, RESET -> new byte[0];
            case HALF_OF_THE_HEADERS -> bytes(OK);
            case HALF_OF_THE_BODY ->
                bytes(OK + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY.substring(0, BODY.length() / 2));
            case A_CHUNK -> bytes(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\n" + BODY.substring(0, 5) + "\r\n");
            case GOAWAY ->
                bytes("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
                        // An empty SETTINGS frame, then GOAWAY: last stream 1, no error.
                        + "\0\0\0\4\0\0\0\0\0" + "\0\0\10\7\0\0\0\0\0" + "\0\0\0\1" + "\0\0\0\0");
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
