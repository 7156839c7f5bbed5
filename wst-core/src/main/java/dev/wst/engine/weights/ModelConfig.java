package dev.wst.engine.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableSortedSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a model's files say about it.
 *
 * @param family llama or qwen2
 * @param decoder its shape
 * @param contextLength the longest text the model was made for, in tokens
 * @param endTokens tokens that end a text
 */
public record ModelConfig(String family, DecoderConfig decoder, int contextLength, Set<Integer> endTokens) {

    private static final List<String> FAMILIES = List.of("llama", "qwen2");
    private static final double DEFAULT_EPSILON = 1e-6;
    /** What some files give for a token that there is not. */
    private static final int NONE = -1;
    /** Far above any model, so that a damaged file does not ask for memory. */
    private static final int MOST_HEAD_WIDTH = 1 << 16;

    public ModelConfig {
        endTokens = ImmutableSortedSet.copyOf(endTokens);
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
        int keyValueHeads = json.hasNonNull("num_key_value_heads") ? fields.positive("num_key_value_heads") : heads;
        Heads shape =
                new Heads(file.toString(), "hidden_size", "num_attention_heads", "num_key_value_heads", "head_dim");
        int headWidth = json.hasNonNull("head_dim") ? fields.positive("head_dim") : shape.evenPart(width, heads);
        shape.check(heads, keyValueHeads, headWidth);
        Set<Integer> ends = new TreeSet<>();
        int vocabulary = fields.positive("vocab_size");
        addTokens(json.path("eos_token_id"), vocabulary, file, ends);
        Path generation = directory.resolve("generation_config.json");
        if (Files.exists(generation)) {
            addTokens(Json.read(generation).path("eos_token_id"), vocabulary, generation, ends);
        }
        DecoderConfig decoder = new DecoderConfig(
                width,
                fields.positive("num_hidden_layers"),
                heads,
                keyValueHeads,
                headWidth,
                fields.positive("intermediate_size"),
                vocabulary,
                (float) (json.hasNonNull("rms_norm_eps") ? fields.positiveNumber("rms_norm_eps") : DEFAULT_EPSILON),
                finite(RotaryScaling.ofConfig(json, file.toString()).inverseFrequencies(headWidth), file),
                family.equals("qwen2"),
                json.path("tie_word_embeddings").asBoolean(false));
        return new ModelConfig(
                family,
                decoder,
                json.hasNonNull("max_position_embeddings") ? fields.positive("max_position_embeddings") : 2048,
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
        int keyValueHeads = optional(gguf, family + ".attention.head_count_kv").orElse(heads);
        Heads shape = new Heads(
                gguf.origin(),
                family + ".embedding_length",
                family + ".attention.head_count",
                family + ".attention.head_count_kv",
                family + ".attention.key_length");
        int headWidth = optional(gguf, family + ".attention.key_length").orElseGet(() -> shape.evenPart(width, heads));
        shape.check(heads, keyValueHeads, headWidth);
        DecoderConfig decoder = new DecoderConfig(
                width,
                need(gguf, family + ".block_count"),
                heads,
                keyValueHeads,
                headWidth,
                need(gguf, family + ".feed_forward_length"),
                gguf.shape("model.embed_tokens.weight")[0],
                (float) epsilon(gguf, family + ".attention.layer_norm_rms_epsilon"),
                finite(RotaryScaling.of(gguf, family).inverseFrequencies(headWidth), file),
                gguf.names().contains("model.layers.0.self_attn.q_proj.bias"),
                !gguf.names().contains("lm_head.weight"));
        return new ModelConfig(family, decoder, need(gguf, family + ".context_length"), EndTokens.of(gguf));
    }

    private static int need(Gguf gguf, String key) {
        return optional(gguf, key).orElseThrow(() -> new ModelFileException(gguf.origin() + " has no metadata " + key));
    }

    private static Optional<Integer> optional(Gguf gguf, String key) {
        return gguf.integer(key).map(value -> {
            if (value < 1 || value > Integer.MAX_VALUE) {
                throw new ModelFileException(gguf.origin() + ": metadata " + key + " is " + value);
            }
            return value.intValue();
        });
    }

    private static double epsilon(Gguf gguf, String key) {
        double value = gguf.number(key).orElse(DEFAULT_EPSILON);
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new ModelFileException(gguf.origin() + ": metadata " + key + " is " + value);
        }
        return value;
    }

    private static double[] finite(double[] frequencies, Path file) {
        for (double frequency : frequencies) {
            if (!Double.isFinite(frequency)) {
                throw new ModelFileException(file + ": its rotary base and scaling turn a pair of numbers by "
                        + frequency + " from one position to the next");
            }
        }
        return frequencies;
    }

    /** What must hold between the sizes of heads; the names are those of the file, for messages. */
    private record Heads(String origin, String width, String heads, String keyValueHeads, String headWidth) {
        /** The width of a head where the file does not say it. */
        int evenPart(int widthValue, int headsValue) {
            if (widthValue % headsValue != 0) {
                throw new ModelFileException(
                        origin + ": " + width + " " + widthValue + " does not divide into " + heads + " " + headsValue);
            }
            return widthValue / headsValue;
        }

        void check(int headsValue, int keyValueHeadsValue, int headWidthValue) {
            if (headsValue % keyValueHeadsValue != 0) {
                throw new ModelFileException(origin + ": " + heads + " " + headsValue + " is no multiple of "
                        + keyValueHeads + " " + keyValueHeadsValue);
            }
            if (headWidthValue % 2 != 0 || headWidthValue > MOST_HEAD_WIDTH) {
                throw new ModelFileException(origin + ": " + headWidth + " is " + headWidthValue
                        + "; rotary embedding needs an even number of at most " + MOST_HEAD_WIDTH);
            }
        }
    }

    private static void addTokens(JsonNode node, int vocabulary, Path file, Set<Integer> to) {
        if (node.isArray()) {
            node.forEach(id -> addTokens(id, vocabulary, file, to));
        } else if (!node.isMissingNode() && !node.isNull() && !(node.isInt() && node.asInt() == NONE)) {
            if (!node.isInt() || node.asInt() < 0 || node.asInt() >= vocabulary) {
                throw new ModelFileException(file + ": eos_token_id should hold numbers of tokens, from 0 to "
                        + (vocabulary - 1) + ", but holds " + node);
            }
            to.add(node.asInt());
        }
    }

    private static void refuse(boolean condition, Path file, String what) {
        if (condition) {
            throw new UnsupportedModelException(file + " asks for " + what + ", which is not computed here");
        }
    }
}
