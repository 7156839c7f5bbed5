package dev.wst.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a model's files say about its shape.
 *
 * @param family llama or qwen2
 * @param inverseFrequencies [head width / 2] rotation of each pair by one position, scaling included
 * @param contextLength the longest text the model was made for, in tokens
 * @param endTokens tokens that end a text
 */
public record ModelConfig(
        String family,
        int width,
        int layers,
        int heads,
        int keyValueHeads,
        int headWidth,
        int ffnWidth,
        int vocabulary,
        double epsilon,
        double[] inverseFrequencies,
        boolean attentionBias,
        boolean tiedEmbeddings,
        int contextLength,
        Set<Integer> endTokens) {

    private static final List<String> FAMILIES = List.of("llama", "qwen2");

    public ModelConfig {
        inverseFrequencies = inverseFrequencies.clone();
        endTokens = Set.copyOf(endTokens);
    }

    /**
     * Reads config.json and, for the end tokens, generation_config.json.
     *
     * @throws ModelFileException if a value is missing or impossible
     * @throws UnsupportedModelException if the model needs what this engine does not compute
     */
    public static ModelConfig ofDirectory(Path directory) {
        Path file = directory.resolve("config.json");
        JsonNode json = Json.read(file);
        JsonFields fields = new JsonFields(json, file.toString());
        String family = json.path("model_type").asText();
        refuse(!FAMILIES.contains(family), file, "model_type \"" + family + "\"; supported are " + FAMILIES);
        String activation = json.path("hidden_act").asText("silu");
        refuse(!activation.equals("silu"), file, "hidden_act " + activation);
        refuse(json.path("mlp_bias").asBoolean(), file, "mlp_bias");
        refuse(json.path("attention_bias").asBoolean() && family.equals("llama"), file, "attention_bias");
        refuse(json.path("use_sliding_window").asBoolean(), file, "use_sliding_window");
        refuse(json.hasNonNull("quantization_config"), file, "quantization_config; convert the weights to BF16 first");
        refuse(json.path("partial_rotary_factor").asDouble(1) != 1, file, "partial_rotary_factor");
        int width = fields.positive("hidden_size");
        int heads = fields.positive("num_attention_heads");
        int headWidth = json.hasNonNull("head_dim") ? fields.positive("head_dim") : width / heads;
        Set<Integer> ends = new TreeSet<>();
        addTokens(json.path("eos_token_id"), ends);
        Path generation = directory.resolve("generation_config.json");
        if (Files.exists(generation)) {
            addTokens(Json.read(generation).path("eos_token_id"), ends);
        }
        return new ModelConfig(
                family,
                width,
                fields.positive("num_hidden_layers"),
                heads,
                json.hasNonNull("num_key_value_heads") ? fields.positive("num_key_value_heads") : heads,
                headWidth,
                fields.positive("intermediate_size"),
                fields.positive("vocab_size"),
                json.path("rms_norm_eps").asDouble(1e-6),
                RotaryScaling.ofConfig(json, file.toString()).inverseFrequencies(headWidth),
                family.equals("qwen2"),
                json.path("tie_word_embeddings").asBoolean(false),
                json.path("max_position_embeddings").asInt(2048),
                ends);
    }

    /**
     * Reads the metadata of a GGUF file.
     *
     * @throws ModelFileException if a value is missing or impossible
     * @throws UnsupportedModelException if the model needs what this engine does not compute
     */
    public static ModelConfig of(Gguf gguf) {
        String family = gguf.string("general.architecture").orElse("");
        Path file = Path.of(gguf.origin());
        refuse(!FAMILIES.contains(family), file, "architecture \"" + family + "\"; supported are " + FAMILIES);
        refuse(gguf.integer(family + ".expert_count").orElse(0L) > 0, file, "a mixture of experts");
        int width = need(gguf, family + ".embedding_length");
        int heads = need(gguf, family + ".attention.head_count");
        int headWidth = gguf.integer(family + ".attention.key_length")
                .map(Math::toIntExact)
                .orElse(width / heads);
        Set<Integer> ends = new TreeSet<>();
        for (String key : List.of("tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id")) {
            gguf.integer(key).ifPresent(id -> ends.add(id.intValue()));
        }
        return new ModelConfig(
                family,
                width,
                need(gguf, family + ".block_count"),
                heads,
                gguf.integer(family + ".attention.head_count_kv")
                        .map(Math::toIntExact)
                        .orElse(heads),
                headWidth,
                need(gguf, family + ".feed_forward_length"),
                gguf.shape("model.embed_tokens.weight")[0],
                gguf.number(family + ".attention.layer_norm_rms_epsilon").orElse(1e-6),
                RotaryScaling.of(gguf, family).inverseFrequencies(headWidth),
                gguf.names().contains("model.layers.0.self_attn.q_proj.bias"),
                !gguf.names().contains("lm_head.weight"),
                need(gguf, family + ".context_length"),
                ends);
    }

    private static int need(Gguf gguf, String key) {
        long value =
                gguf.integer(key).orElseThrow(() -> new ModelFileException(gguf.origin() + " has no metadata " + key));
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw new ModelFileException(gguf.origin() + ": metadata " + key + " is " + value);
        }
        return (int) value;
    }

    private static void addTokens(JsonNode node, Set<Integer> to) {
        if (node.isArray()) {
            node.forEach(id -> to.add(id.asInt()));
        } else if (node.isInt()) {
            to.add(node.asInt());
        }
    }

    private static void refuse(boolean condition, Path file, String what) {
        if (condition) {
            throw new UnsupportedModelException(file + " asks for " + what + ", which is not computed here");
        }
    }
}
