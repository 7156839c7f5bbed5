package dev.wst.files;

import com.google.common.io.BaseEncoding;
import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of a file that grows, without reading it again: takes what is written to the file. */
public final class RunningHash extends OutputStream {
    private final MessageDigest digest = sha256();
    private long bytes;

    /** Of the first bytes that a file has. */
    public static RunningHash of(Path file, long bytes) throws IOException {
        RunningHash hash = new RunningHash();
        try (InputStream in = Files.newInputStream(file)) {
            ByteStreams.copy(ByteStreams.limit(in, bytes), hash);
        }
        return hash;
    }

    @Override
    public void write(int value) {
        digest.update((byte) value);
        bytes++;
    }

    @Override
    public void write(byte[] values, int from, int count) {
        digest.update(values, from, count);
        bytes += count;
    }

    /** What it has taken so far. */
    public FileStart start() {
        try {
            MessageDigest soFar = (MessageDigest) digest.clone();
            return new FileStart(bytes, BaseEncoding.base16().lowerCase().encode(soFar.digest()));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            // Every Java has it.
            throw new IllegalStateException(e);
        }
    }
}
