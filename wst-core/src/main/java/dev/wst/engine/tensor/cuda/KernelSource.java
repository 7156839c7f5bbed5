package dev.wst.engine.tensor.cuda;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of all kernels: the CUDA C files of this package's resources, one after the other. */
final class KernelSource {
    private static final List<String> FILES = List.of(
            "common.cu",
            "rows.cu",
            "activations.cu",
            "products.cu",
            "adapters.cu",
            "attention.cu",
            "decoding.cu",
            "loss.cu",
            "optimiser.cu");

    private KernelSource() {}

    static String text() {
        StringBuilder text = new StringBuilder();
        for (String file : FILES) {
            try {
                // So that the compiler's messages name the file and its line.
                text.append("#line 1 \"").append(file).append("\"\n");
                text.append(
                        Resources.toString(Resources.getResource(KernelSource.class, file), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("the kernels' source " + file + " cannot be read from the jar", e);
            }
        }
        return text.toString();
    }
}
