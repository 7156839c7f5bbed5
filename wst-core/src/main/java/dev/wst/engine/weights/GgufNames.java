package dev.wst.engine.weights;

import com.google.common.collect.ImmutableBiMap;

/** Tensor names of GGUF and of Hugging Face for the Llama and Qwen2 families. */
final class GgufNames {
    private static final ImmutableBiMap<String, String> WHOLE = ImmutableBiMap.of(
            "token_embd", "model.embed_tokens",
            "output", "lm_head",
            "output_norm", "model.norm");
    private static final ImmutableBiMap<String, String> IN_LAYER = ImmutableBiMap.<String, String>builder()
            .put("attn_norm", "input_layernorm")
            .put("attn_q", "self_attn.q_proj")
            .put("attn_k", "self_attn.k_proj")
            .put("attn_v", "self_attn.v_proj")
            .put("attn_output", "self_attn.o_proj")
            .put("ffn_norm", "post_attention_layernorm")
            .put("ffn_gate", "mlp.gate_proj")
            .put("ffn_up", "mlp.up_proj")
            .put("ffn_down", "mlp.down_proj")
            .build();

    private GgufNames() {}

    static String toHuggingFace(String name) {
        return translate(name, WHOLE, IN_LAYER, "blk.", "model.layers.");
    }

    static String toGguf(String name) {
        return translate(name, WHOLE.inverse(), IN_LAYER.inverse(), "model.layers.", "blk.");
    }

    /** Names it does not know stay as they are. */
    private static String translate(
            String name,
            ImmutableBiMap<String, String> whole,
            ImmutableBiMap<String, String> inLayer,
            String fromPrefix,
            String toPrefix) {
        int kindAt = name.lastIndexOf('.');
        if (kindAt < 0) {
            return name;
        }
        String kind = name.substring(kindAt);
        String body = name.substring(0, kindAt);
        String known = whole.get(body);
        if (known != null) {
            return known + kind;
        }
        int layerEnd = body.indexOf('.', fromPrefix.length());
        if (!body.startsWith(fromPrefix) || layerEnd < 0) {
            return name;
        }
        String module = inLayer.get(body.substring(layerEnd + 1));
        return module == null ? name : toPrefix + body.substring(fromPrefix.length(), layerEnd + 1) + module + kind;
    }
}
