package dev.wst.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.EnvironmentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UninterruptedTest {
    @TempDir
    private Path directory;

    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void later_tests_are_not_interrupted() {
        Thread.interrupted();
    }

    private void write(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2}));
            if (begun.incrementAndGet() < 3) {
                Thread.currentThread().interrupt();
            }
            channel.write(ByteBuffer.wrap(new byte[] {3}));
        }
    }

    @Test
    void an_interrupted_thread_writes_and_stays_interrupted() throws IOException {
        Thread.currentThread().interrupt();
        Path file = directory.resolve("file");
        Uninterrupted.run(() -> write(file));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
        assertThat(begun).hasValue(3);
    }

    @Test
    void a_directory_is_written_anew_when_an_interrupt_comes_meanwhile_and_nothing_else_is_left() {
        AtomicDirectory.write(directory.resolve("run"), inside -> write(inside.resolve("file")));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(directory.resolve("run/file")).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(directory).isDirectoryNotContaining(path -> !path.endsWith("run"));
    }

    @Test
    void without_an_interrupt_there_is_none_afterwards() throws IOException {
        begun.set(3);
        assertThat(Uninterrupted.<String, IOException>get(() -> {
                    write(directory.resolve("file"));
                    return "done";
                }))
                .isEqualTo("done");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void what_fails_otherwise_fails_once() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Uninterrupted.run(() -> {
                    begun.incrementAndGet();
                    Thread.currentThread().interrupt();
                    throw new IOException("full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("full");
        assertThat(begun).hasValue(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_channel_that_was_closed_by_another_threads_interrupt_is_no_reason_to_begin_anew() {
        assertThatThrownBy(() -> Uninterrupted.run(() -> {
                    begun.incrementAndGet();
                    throw new EnvironmentException("closed", new ClosedByInterruptException());
                }))
                .hasMessage("closed");
        assertThat(begun).hasValue(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
