package dev.wst.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.EnvironmentException;
import dev.wst.files.FileStart;
import dev.wst.files.RunningHash;
import dev.wst.files.Synced;
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
    private RunningHash written;

    /**
     * @param out appends to the file
     * @param there what the file holds
     */
    JsonLines(Path file, OutputStream out, RunningHash there) {
        this.file = file;
        this.out = out;
        this.written = there;
    }

    /**
     * Appends one line for each object; a process that is killed after this has returned leaves them behind.
     *
     * @throws EnvironmentException if they cannot be written; the file is then as before
     */
    void append(List<? extends JsonNode> lines) {
        byte[] bytes = bytes(lines);
        try {
            out.write(bytes);
            out.flush();
            written.write(bytes, 0, bytes.length);
        } catch (IOException e) {
            takeBack(e);
            throw unwritable(file, e);
        }
    }

    /** Takes back what comes after so many bytes. */
    void cutTo(long bytes) {
        try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.setLength(bytes);
            written = RunningHash.of(file, bytes);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Waits until all lines are on the disk. */
    void sync() {
        try {
            Synced.file(file);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** All lines. */
    FileStart written() {
        return written.start();
    }

    /** Whether the file on the disk begins so. */
    boolean beginsWith(FileStart start) {
        try {
            return start.isIn(file);
        } catch (IOException e) {
            throw new EnvironmentException(file + " cannot be read: " + e, e);
        }
    }

    /** What was written before is kept. */
    static EnvironmentException unwritable(Path file, IOException cause) {
        return new EnvironmentException(
                file + " cannot be written: " + cause + "; what was written before is kept", cause);
    }

    static byte[] bytes(List<? extends JsonNode> lines) {
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
            whole.setLength(written.start().bytes());
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
