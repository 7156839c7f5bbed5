package dev.wst.files;

import dev.wst.EnvironmentException;
import dev.wst.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right of one run to write in a directory: a lock on its file {@code lock}, which the system takes back however the process
 * ends.
 */
public final class DirectoryLock implements AutoCloseable {
    private static final String NAME = "lock";
    /**
     * Files that this process has locked. Such locks belong to a process: closing any other channel to the same file, only opened
     * to find out whether it is locked, would give the lock back.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes it.
     *
     * @throws UnavailableException if another holds it, in this process or elsewhere; the message names the process
     * @throws EnvironmentException if the file cannot be written or locked
     */
    public static DirectoryLock take(Path directory) {
        Path file;
        try {
            file = directory.toRealPath().resolve(NAME);
        } catch (IOException e) {
            throw new EnvironmentException(directory + " cannot be locked: " + e, e);
        }
        if (!HELD.add(file)) {
            throw taken(directory, "this process");
        }
        try {
            return new DirectoryLock(file, Uninterrupted.get(() -> locked(directory, file)));
        } catch (RuntimeException | Error e) {
            HELD.remove(file);
            throw e;
        }
    }

    private static FileChannel locked(Path directory, Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean done = false;
            try {
                if (channel.tryLock() == null) {
                    throw taken(directory, "process " + Files.readString(file).strip());
                }
                channel.truncate(0);
                int unused = channel.write(
                        ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
                done = true;
                return channel;
            } finally {
                if (!done) {
                    channel.close();
                }
            }
        } catch (IOException e) {
            throw new EnvironmentException(file + " cannot be locked: " + e, e);
        }
    }

    private static UnavailableException taken(Path directory, String by) {
        return new UnavailableException(directory + " is being written by another run (" + by
                + "); wait for its end or choose another directory");
    }

    /** Gives it back. The file stays: whoever deleted it could delete that of a process that came in between. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process at the latest.
        } finally {
            HELD.remove(file);
        }
    }
}
