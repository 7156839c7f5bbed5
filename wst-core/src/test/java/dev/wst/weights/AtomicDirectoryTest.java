package dev.wst.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void an_adapter_on_a_full_disk_is_not_there() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "skipped: no /dev/full on this system");
        assertThatThrownBy(() -> AtomicDirectory.write(directory.resolve("adapter"), temporary -> {
                    Files.writeString(temporary.resolve("adapter_config.json"), "{}");
                    Path weights = temporary.resolve("adapter_model.safetensors");
                    Files.writeString(Files.createSymbolicLink(weights, full), "weights");
                }))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(directory.resolve("adapter") + " cannot be written")
                .hasMessageContaining("No space left on device");
        assertThat(directory).isEmptyDirectory();
    }
}
