package dev.wst.engine.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;

/** What the config.json of a Hugging Face directory says, as metadata of a GGUF file. */
public final class GgufFields {
    private GgufFields() {}

    /**
     * The metadata of a model, without what it says of text.
     *
     * @param config what was read from the directory
     */
    public static GgufMetadata of(Path directory, ModelConfig config) {
        String family = config.family();
        DecoderConfig shape = config.decoder();
        JsonNode json = Json.read(directory.resolve("config.json"));
        GgufMetadata metadata = new GgufMetadata()
                .put("general.architecture", family)
                .put("general.type", "model")
                .put(
                        "general.name",
                        String.valueOf(directory.toAbsolutePath().normalize().getFileName()))
                .put(family + ".vocab_size", shape.vocabulary())
                .put(family + ".context_length", config.contextLength())
                .put(family + ".embedding_length", shape.width())
                .put(family + ".block_count", shape.layers())
                .put(family + ".feed_forward_length", shape.ffnWidth())
                .put(family + ".attention.head_count", shape.heads())
                .put(family + ".attention.head_count_kv", shape.keyValueHeads())
                .put(family + ".attention.key_length", shape.headWidth())
                .put(family + ".attention.value_length", shape.headWidth())
                .put(family + ".attention.layer_norm_rms_epsilon", shape.epsilon())
                .put(family + ".rope.dimension_count", shape.headWidth())
                .put(family + ".rope.freq_base", (float) RotaryScaling.base(json));
        if (RotaryScaling.type(json).equals("linear")) {
            metadata.put(family + ".rope.scaling.type", "linear").put(family + ".rope.scaling.factor", (float)
                    RotaryScaling.scaling(json).path("factor").asDouble());
        }
        return metadata;
    }

    /**
     * What a file divides its rotary frequencies by, [headWidth / 2], as its tensor rope_freqs.weight; empty for a model that
     * needs none.
     *
     * @throws UnsupportedModelException if files of its family cannot hold them
     */
    public static Optional<float[]> rotaryFactors(Path directory, ModelConfig config) {
        Path file = directory.resolve("config.json");
        JsonNode json = Json.read(file);
        if (!RotaryScaling.type(json).equals("llama3")) {
            return Optional.empty();
        }
        if (!config.family().equals("llama")) {
            throw new UnsupportedModelException(file + " asks for rotary scaling \"llama3\", which GGUF files of the"
                    + " architecture " + config.family() + " cannot hold; save merged safetensors instead");
        }
        double[] scaled = config.decoder().inverseFrequencies();
        double[] plain =
                RotaryScaling.plain(RotaryScaling.base(json), config.decoder().headWidth());
        float[] factors = new float[scaled.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) (plain[i] / scaled[i]);
        }
        return Optional.of(factors);
    }
}
