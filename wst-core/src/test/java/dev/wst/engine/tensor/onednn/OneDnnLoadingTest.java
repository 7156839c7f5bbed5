package dev.wst.engine.tensor.onednn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Precision;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.host.RowPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a native library that is broken, or has no place to be unpacked to. */
class OneDnnLoadingTest {
    @TempDir
    private Path directory;

    @Test
    void an_engine_that_cannot_be_made_is_no_fault_of_the_caller() {
        OneDnnKernels.load(new RowPool(1), Optional.of(Precision.FP32)).close();
        assertThatThrownBy(() -> new OneDnnEngine(7))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("oneDNN loads but does not run: oneDNN: engine: invalid arguments");
    }

    @Test
    void a_library_that_is_none_is_named() throws IOException {
        Path broken = Files.writeString(directory.resolve("libdnnl.so.3"), "not a library", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> OneDnn.load(broken))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("oneDNN does not load from " + broken);
    }

    @Test
    void a_place_that_cannot_be_written_is_named() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> OneDnnLibrary.unpack(file))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("could not be unpacked under " + file);
    }
}
