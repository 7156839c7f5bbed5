package dev.wst.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.EnvironmentException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A file of JSON lines that only ever holds whole ones: a batch that cannot be written to its end is taken back. */
final class JsonLines implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final OutputStream out;
    private long length;

    /** @param out appends to the file, which is empty */
    JsonLines(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Appends one line for each object; they are on the disk when this returns.
     *
     * @throws EnvironmentException if they cannot be written; the file is then as before
     */
    void append(List<? extends JsonNode> lines) {
        byte[] bytes = bytes(lines);
        try {
            out.write(bytes);
            out.flush();
            length += bytes.length;
        } catch (IOException e) {
            takeBack(e);
            throw unwritable(file, e);
        }
    }

    /** What was written before is kept. */
    static EnvironmentException unwritable(Path file, IOException cause) {
        return new EnvironmentException(
                file + " cannot be written: " + cause + "; what was written before is kept", cause);
    }

    private static byte[] bytes(List<? extends JsonNode> lines) {
        StringBuilder text = new StringBuilder();
        for (JsonNode line : lines) {
            try {
                text.append(MAPPER.writeValueAsString(line)).append('\n');
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void takeBack(IOException failure) {
        try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.setLength(length);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }
}
