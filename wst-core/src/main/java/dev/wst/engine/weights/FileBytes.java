package dev.wst.engine.weights;

import dev.wst.InterruptedRunException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Little-endian bytes of a file, read by position. */
final class FileBytes implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final long size;

    FileBytes(Path path) {
        this.path = path;
        if (!Files.isRegularFile(path)) {
            throw new ModelFileException("there is no file " + path);
        }
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            size = channel.size();
        } catch (IOException e) {
            throw failed("opened", e);
        }
    }

    long size() {
        return size;
    }

    Path path() {
        return path;
    }

    /** Name, size and time of the last change. */
    String stamp() {
        try {
            return path.getFileName() + " " + Files.size(path) + " " + Files.getLastModifiedTime(path);
        } catch (IOException e) {
            throw new ModelFileException(path + " cannot be looked at: " + e, e);
        }
    }

    /** Refuses bytes that the file does not have; the caller says what they are, for the message. */
    void require(long from, long count, String what) {
        if (from < 0 || count < 0 || from > size - count) {
            throw new ModelFileException(path + " is cut or damaged: " + what + " needs bytes " + from + " to "
                    + (from + count) + ", the file has " + size);
        }
    }

    /** Some bytes; the caller says what they are for the message if the file ends before. */
    ByteBuffer read(long from, long count, String what) {
        require(from, count, what);
        if (count > Integer.MAX_VALUE - 8) {
            throw new ModelFileException(path + ": " + what + " has " + count + " bytes, more than are read at once");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) count).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, from + bytes.position()) < 0) {
                    throw new ModelFileException(path + " ended while " + what + " was being read");
                }
            }
        } catch (IOException e) {
            throw failed("read", e);
        }
        return bytes.flip();
    }

    /** An interrupt closes the channel of whoever reads, and is no fault of the file's. */
    private RuntimeException failed(String what, IOException e) {
        return e instanceof ClosedByInterruptException
                ? new InterruptedRunException("interrupted while " + path + " was " + what, e)
                : new ModelFileException(path + " cannot be " + what + ": " + e, e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new ModelFileException(path + " cannot be closed: " + e, e);
        }
    }
}
