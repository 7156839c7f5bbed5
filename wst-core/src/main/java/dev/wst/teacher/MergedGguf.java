package dev.wst.teacher;

import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.tokenizer.TextSide;
import dev.wst.engine.weights.Gguf;
import dev.wst.engine.weights.GgufFields;
import dev.wst.engine.weights.GgufFormat;
import dev.wst.engine.weights.GgufMetadata;
import dev.wst.engine.weights.GgufWriter;
import dev.wst.engine.weights.SafetensorsWriter;
import dev.wst.files.AtomicFile;
import dev.wst.files.Uninterrupted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A model with everything it learned in its own weights, as one GGUF file. */
final class MergedGguf {
    private static final String ROTARY_FACTORS = "rope_freqs.weight";

    private final LanguageModel model;
    private final GgufFormat format;

    private MergedGguf(LanguageModel model, GgufFormat format) {
        this.model = model;
        this.format = format;
    }

    static void write(LanguageModel model, Path file, GgufFormat format) {
        if (Files.exists(file)) {
            throw new InvalidInputException(file + " exists already; choose another file or move it away");
        }
        MergedGguf merged = new MergedGguf(model, format);
        try {
            Uninterrupted.run(() -> merged.write(file));
        } catch (IOException e) {
            throw new EnvironmentException(file + " cannot be written: " + e, e);
        }
    }

    private void write(Path file) throws IOException {
        if (Files.isDirectory(model.origin())) {
            ofDirectory(file);
        } else {
            ofGguf(file);
        }
    }

    private void ofDirectory(Path file) throws IOException {
        GgufMetadata metadata = GgufFields.of(model.origin(), model.config());
        TextSide.describe(model.origin(), model.config(), metadata);
        Optional<float[]> factors = GgufFields.rotaryFactors(model.origin(), model.config());
        write(file, metadata, sink -> {
            model.export(sink::tensor);
            factors.ifPresent(numbers -> sink.tensor(ROTARY_FACTORS, new int[] {numbers.length}, numbers));
        });
    }

    private void ofGguf(Path file) throws IOException {
        try (Gguf gguf = Gguf.open(model.origin())) {
            write(file, GgufMetadata.of(gguf), sink -> {
                model.export(sink::tensor);
                if (gguf.names().contains(ROTARY_FACTORS)) {
                    sink.tensor(ROTARY_FACTORS, gguf.shape(ROTARY_FACTORS), gguf.read(ROTARY_FACTORS));
                }
            });
        }
    }

    private void write(Path file, GgufMetadata metadata, SafetensorsWriter.Tensors tensors) throws IOException {
        AtomicFile.fill(file, beside -> GgufWriter.write(beside, model.config(), metadata, format, tensors));
    }
}
