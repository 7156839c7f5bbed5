package dev.wst.engine.weights;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a GGUF file says about its model, in the files of a Hugging Face directory. */
public final class GgufConfig {
    private static final Map<String, String> CLASSES = Map.of("llama", "LlamaForCausalLM", "qwen2", "Qwen2ForCausalLM");

    private GgufConfig() {}

    /**
     * The text of config.json and generation_config.json by their names.
     *
     * @throws UnsupportedModelException if the model has what those files cannot say
     */
    public static Map<String, String> files(Gguf gguf) {
        ModelConfig config = ModelConfig.of(gguf);
        if (gguf.names().contains("rope_freqs.weight")) {
            throw new UnsupportedModelException(
                    gguf.origin() + " holds its rotary frequencies as a tensor, from which the"
                            + " settings of a config.json cannot be told; start from the model's Hugging Face directory");
        }
        if (config.decoder().attentionBias() && config.family().equals("llama")) {
            throw new UnsupportedModelException(gguf.origin() + " is a llama with biases in its attention, which its"
                    + " config.json cannot say; start from the model's Hugging Face directory");
        }
        DecoderConfig shape = config.decoder();
        ObjectNode json = Json.object();
        json.putArray("architectures").add(CLASSES.get(config.family()));
        json.put("model_type", config.family()).put("torch_dtype", "float32");
        json.put("hidden_size", shape.width()).put("num_hidden_layers", shape.layers());
        json.put("num_attention_heads", shape.heads()).put("num_key_value_heads", shape.keyValueHeads());
        json.put("head_dim", shape.headWidth()).put("intermediate_size", shape.ffnWidth());
        json.put("hidden_act", "silu").put("vocab_size", shape.vocabulary());
        json.put("rms_norm_eps", shape.epsilon()).put("tie_word_embeddings", shape.tiedEmbeddings());
        json.put("max_position_embeddings", config.contextLength());
        rotary(json, gguf, config.family());
        tokens(json, gguf, config.endTokens());
        ObjectNode generation = Json.object();
        tokens(generation, gguf, config.endTokens());
        return new TreeMap<>(Map.of("config.json", Json.write(json), "generation_config.json", Json.write(generation)));
    }

    private static void rotary(ObjectNode json, Gguf gguf, String family) {
        json.put("rope_theta", RotaryScaling.base(gguf, family));
        double factor = RotaryScaling.factor(gguf, family);
        if (factor != 1) {
            json.putObject("rope_scaling")
                    .put("rope_type", "linear")
                    .put("type", "linear")
                    .put("factor", factor);
        }
    }

    private static void tokens(ObjectNode json, Gguf gguf, Set<Integer> ends) {
        gguf.token("bos").ifPresent(id -> json.put("bos_token_id", id));
        ArrayNode list = json.putArray("eos_token_id");
        new TreeSet<>(ends).forEach(list::add);
    }
}
