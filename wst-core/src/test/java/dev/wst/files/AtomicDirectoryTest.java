package dev.wst.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void it_is_there_with_what_was_put_into_it() {
        Path target = directory.resolve("new/adapter");
        AtomicDirectory.write(target, inside -> Files.writeString(inside.resolve("config"), "text"));
        assertThat(target.resolve("config")).hasContent("text");
        assertThat(directory.resolve("new")).isDirectoryNotContaining(path -> !path.equals(target));
    }

    private static void fail(String how) throws IOException {
        switch (how) {
            case "io" -> throw new IOException("full");
            case "unchecked io" -> throw new UncheckedIOException(new IOException("full"));
            case "runtime" -> throw new IllegalStateException("full");
            default -> throw new AssertionError("full");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"io", "unchecked io", "runtime", "error"})
    void a_filling_that_fails_leaves_nothing_behind(String how) {
        Path target = directory.resolve("adapter");
        assertThatThrownBy(() -> AtomicDirectory.write(target, inside -> {
                    Files.writeString(inside.resolve("config"), "text");
                    fail(how);
                }))
                .hasMessageContaining("full")
                .isInstanceOf(how.endsWith("io") ? EnvironmentException.class : Throwable.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void others_may_read_it_as_they_may_read_any_new_directory() throws IOException {
        Path usual = Files.createDirectory(directory.resolve("usual"));
        Path target = directory.resolve("adapter");
        AtomicDirectory.write(target, inside -> Files.writeString(inside.resolve("config"), "text"));
        assertThat(Files.getPosixFilePermissions(target)).isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void what_exists_is_not_written_over() {
        assertThatThrownBy(() -> AtomicDirectory.write(directory, inside -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(directory + " exists already");
    }

    @Test
    void an_adapter_on_a_full_disk_is_not_there() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "skipped: no /dev/full on this system");
        assertThatThrownBy(() -> AtomicDirectory.write(directory.resolve("adapter"), temporary -> {
                    Files.writeString(temporary.resolve("adapter_config.json"), "{}");
                    Path weights = temporary.resolve("adapter_model.safetensors");
                    Files.writeString(Files.createSymbolicLink(weights, full), "weights");
                }))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(directory.resolve("adapter") + " cannot be written")
                .hasMessageContaining("No space left on device");
        assertThat(directory).isEmptyDirectory();
    }
}
