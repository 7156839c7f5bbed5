package dev.wst.teacher;

import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.tokenizer.TextSide;
import dev.wst.engine.weights.Gguf;
import dev.wst.engine.weights.GgufConfig;
import dev.wst.engine.weights.SafetensorsWriter;
import dev.wst.files.AtomicDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A model with everything it learned in its own weights, as a Hugging Face directory. */
final class MergedModel {
    /** What a Hugging Face directory holds beside its weights. */
    private static final List<String> COMPANIONS = List.of(
            "config.json",
            "generation_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "chat_template.jinja",
            "special_tokens_map.json");

    private MergedModel() {}

    static void write(LanguageModel model, Path directory) {
        AtomicDirectory.write(directory, temporary -> {
            if (Files.isDirectory(model.origin())) {
                copyCompanions(model.origin(), temporary);
            } else {
                rebuildCompanions(model.origin(), temporary);
            }
            SafetensorsWriter.write(temporary.resolve("model.safetensors"), sink -> model.export(sink::tensor));
        });
    }

    private static void copyCompanions(Path from, Path to) throws IOException {
        for (String name : COMPANIONS) {
            if (Files.exists(from.resolve(name))) {
                // Not with its mode: a file that may only be read could not be forced to the disk.
                Files.write(to.resolve(name), Files.readAllBytes(from.resolve(name)));
            }
        }
    }

    private static void rebuildCompanions(Path from, Path to) throws IOException {
        Map<String, String> files = new HashMap<>();
        try (Gguf gguf = Gguf.open(from)) {
            files.putAll(GgufConfig.files(gguf));
            files.putAll(TextSide.files(gguf));
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(to.resolve(file.getKey()), file.getValue() + "\n");
        }
    }
}
