package dev.wst.teacher;

import dev.wst.model.LanguageModel;
import dev.wst.nn.Decoder;
import dev.wst.weights.AtomicDirectory;
import dev.wst.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Every weight of the model. */
record WholeWeights() implements Weights {
    /** What a Hugging Face directory holds beside its weights. */
    private static final List<String> COMPANIONS = List.of(
            "config.json",
            "generation_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "chat_template.jinja",
            "special_tokens_map.json");

    @Override
    public Decoder reference(Decoder decoder) {
        return decoder.copy();
    }

    @Override
    public void prepare(Decoder decoder) {
        decoder.trainWhole();
    }

    @Override
    public void save(Decoder decoder, LanguageModel model, Path directory) {
        AtomicDirectory.write(directory, temporary -> {
            copyCompanions(model.origin(), temporary);
            SafetensorsWriter writer = new SafetensorsWriter();
            decoder.export(writer::add);
            writer.write(temporary.resolve("model.safetensors"));
        });
    }

    private static void copyCompanions(Path from, Path to) throws IOException {
        for (String name : COMPANIONS) {
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        }
    }
}
