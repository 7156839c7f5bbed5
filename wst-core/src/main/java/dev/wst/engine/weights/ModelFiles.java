package dev.wst.engine.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of one model.
 *
 * @param origin where they lie
 * @param gguf the file itself where it is a GGUF: it holds the tokenizer and the chat template too
 */
public record ModelFiles(Path origin, ModelConfig config, TensorSource tensors, Optional<Gguf> gguf)
        implements AutoCloseable {

    /**
     * Opens a GGUF file or a Hugging Face directory.
     *
     * @throws ModelFileException if there is no model there, or its files are damaged
     * @throws UnsupportedModelException if it needs what this engine does not compute
     */
    public static ModelFiles open(Path path) {
        if (Files.isDirectory(path)) {
            if (!Files.exists(path.resolve("config.json"))) {
                throw new ModelFileException(path + " is no Hugging Face model: it has no config.json");
            }
            ModelConfig config = ModelConfig.ofDirectory(path);
            return new ModelFiles(path, config, Safetensors.openDirectory(path), Optional.empty());
        }
        if (!Files.exists(path)) {
            throw new ModelFileException(
                    "there is no model at " + path + "; expected a GGUF file or a Hugging Face directory");
        }
        Gguf gguf = Gguf.open(path);
        try {
            return new ModelFiles(path, ModelConfig.of(gguf), gguf, Optional.of(gguf));
        } catch (RuntimeException e) {
            gguf.close();
            throw e;
        }
    }

    @Override
    public void close() {
        tensors.close();
    }
}
