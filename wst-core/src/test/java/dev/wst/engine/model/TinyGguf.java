package dev.wst.engine.model;

import dev.wst.engine.weights.GgufFile;
import dev.wst.engine.weights.Safetensors;
import dev.wst.engine.weights.TensorSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The random model of {@link TinyModel} as a GGUF file, whose tokens are single characters, "ab" and an end token. */
public final class TinyGguf {
    public static final String TOKENS = "tokenizer.ggml.tokens";
    public static final String TYPES = "tokenizer.ggml.token_type";

    private static final Path GOLDEN = Path.of("src/test/resources/golden/tiny-llama");
    private static final Map<String, String> NAMES = Map.of(
            "input_layernorm", "attn_norm",
            "self_attn.q_proj", "attn_q",
            "self_attn.k_proj", "attn_k",
            "self_attn.v_proj", "attn_v",
            "self_attn.o_proj", "attn_output",
            "post_attention_layernorm", "ffn_norm",
            "mlp.gate_proj", "ffn_gate",
            "mlp.up_proj", "ffn_up",
            "mlp.down_proj", "ffn_down");

    private TinyGguf() {}

    /** Everything that such a file holds; to be changed by a test and written. */
    public static GgufFile file() {
        GgufFile file = new GgufFile()
                .with("general.architecture", "llama")
                .with("llama.embedding_length", 32)
                .with("llama.block_count", 3)
                .with("llama.attention.head_count", 4)
                .with("llama.attention.head_count_kv", 2)
                .with("llama.feed_forward_length", 56)
                .with("llama.context_length", 128)
                .with("llama.attention.layer_norm_rms_epsilon", 1e-6f)
                .with("llama.rope.freq_base", 10_000f);
        tokenizer(file);
        try (Safetensors tensors = Safetensors.open(GOLDEN.resolve("model.safetensors"))) {
            for (String name : tensors.names()) {
                file.tensor(ggufName(name), tensors.shape(name), values(tensors, name));
            }
        }
        return file;
    }

    /** Its tokens, some of them others. */
    public static List<String> tokens(Map<Integer, String> others) {
        List<String> tokens = new ArrayList<>();
        for (char c = '!'; c <= '~'; c++) {
            tokens.add(String.valueOf(c));
        }
        tokens.addAll(List.of("\u0120", "ab", "<|end|>"));
        others.forEach(tokens::set);
        return tokens;
    }

    /** Their types, some of them others. */
    public static List<Integer> types(Map<Integer, Integer> others) {
        List<Integer> types = new ArrayList<>(Collections.nCopies(97, 1));
        types.set(96, 3);
        others.forEach(types::set);
        return types;
    }

    private static void tokenizer(GgufFile file) {
        file.with("tokenizer.ggml.model", "gpt2")
                .with("tokenizer.ggml.pre", "gpt-2")
                .with(TOKENS, tokens(Map.of()))
                .with(TYPES, types(Map.of()))
                .with("tokenizer.ggml.merges", List.of("a b"))
                .with("tokenizer.ggml.bos_token_id", 96)
                .with("tokenizer.ggml.eos_token_id", 96)
                .with(
                        "tokenizer.chat_template",
                        "{% for m in messages %}{{ m['content'] }}{{ eos_token }}{% endfor %}");
    }

    private static String ggufName(String name) {
        String[] parts = name.split("\\.", -1);
        if (!parts[1].equals("layers")) {
            return name.replace("model.embed_tokens", "token_embd")
                    .replace("model.norm", "output_norm")
                    .replace("lm_head", "output");
        }
        String module = name.substring(("model.layers." + parts[2] + ".").length(), name.lastIndexOf('.'));
        return "blk." + parts[2] + "." + NAMES.get(module) + name.substring(name.lastIndexOf('.'));
    }

    /** GGUF rotates neighbours: row s D / 2 + i of a query or key head becomes row 2 i + s. */
    private static float[] values(TensorSource tensors, String name) {
        float[] values = tensors.read(name);
        if (!name.contains("q_proj") && !name.contains("k_proj")) {
            return values;
        }
        int width = tensors.shape(name)[1];
        int head = 8;
        float[] permuted = new float[values.length];
        for (int row = 0; row < values.length / width; row++) {
            int within = row % head;
            int target = row - within + within % (head / 2) * 2 + within / (head / 2);
            System.arraycopy(values, row * width, permuted, target * width, width);
        }
        return permuted;
    }
}
