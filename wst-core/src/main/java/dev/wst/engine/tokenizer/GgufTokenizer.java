package dev.wst.engine.tokenizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.engine.weights.EndTokens;
import dev.wst.engine.weights.Gguf;
import dev.wst.engine.weights.TokenType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rebuilds a tokenizer from the vocabulary, merges and splitting rule in a GGUF file's metadata. */
final class GgufTokenizer {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Gguf gguf;

    private GgufTokenizer(Gguf gguf) {
        this.gguf = gguf;
    }

    /**
     * Builds a tokenizer.
     *
     * @param template the source of the chat template; empty for none
     */
    static Tokenizer of(Gguf gguf, String template) {
        String json = json(gguf);
        return Tokenizer.ofJson(json.getBytes(StandardCharsets.UTF_8), "the tokenizer in " + gguf.origin(), template);
    }

    /** The text of a tokenizer.json. */
    static String json(Gguf gguf) {
        return new GgufTokenizer(gguf).json().toString();
    }

    private ObjectNode json() {
        String model = gguf.string("tokenizer.ggml.model")
                .orElseThrow(() -> new TokenizerException(gguf.origin() + " holds no tokenizer"));
        if (!model.equals("gpt2")) {
            throw new TokenizerException(gguf.origin() + " holds a tokenizer of kind \"" + model
                    + "\"; only byte-level BPE (\"gpt2\") is rebuilt from GGUF. Use the model's Hugging Face directory"
                    + " with its tokenizer.json instead");
        }
        List<?> tokens = need("tokenizer.ggml.tokens");
        List<?> merges = need("tokenizer.ggml.merges");
        List<?> types = gguf.list("tokenizer.ggml.token_type").orElse(List.of());
        ObjectNode json = MAPPER.createObjectNode().put("version", "1.0");
        json.putNull("truncation").putNull("padding");
        ArrayNode added = json.putArray("added_tokens");
        ObjectNode vocabulary = MAPPER.createObjectNode();
        Set<Integer> ends = EndTokens.of(gguf);
        for (int i = 0; i < tokens.size(); i++) {
            String token = String.valueOf(tokens.get(i));
            vocabulary.put(token, i);
            boolean control = isOfType(types, i, TokenType.CONTROL);
            if (control || isOfType(types, i, TokenType.USER_DEFINED)) {
                added.addObject()
                        .put("id", i)
                        .put("content", token)
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", control || ends.contains(i));
            }
        }
        rule().applyTo(json);
        beginning(json, tokens);
        json.set("decoder", SplittingRule.byteLevel(true));
        ObjectNode bpe = json.putObject("model").put("type", "BPE");
        bpe.putNull("dropout").putNull("unk_token").put("fuse_unk", false).put("byte_fallback", false);
        bpe.put("ignore_merges", rule() == SplittingRule.LLAMA3);
        bpe.set("vocab", vocabulary);
        ArrayNode pairs = bpe.putArray("merges");
        merges.forEach(merge -> pairs.add(String.valueOf(merge)));
        return json;
    }

    private static boolean isOfType(List<?> types, int token, long type) {
        return token < types.size() && types.get(token).equals(type);
    }

    /** A token before every text: where the file does not say, as llama.cpp has it, which knows it of Llama 3 alone. */
    private void beginning(ObjectNode json, List<?> tokens) {
        boolean begins = gguf.flag("tokenizer.ggml.add_bos_token").orElse(rule() == SplittingRule.LLAMA3);
        Optional<Integer> id = gguf.token("bos");
        if (!begins || id.isEmpty()) {
            json.putNull("post_processor");
            return;
        }
        String token = String.valueOf(tokens.get(id.get()));
        ObjectNode processor = json.putObject("post_processor").put("type", "TemplateProcessing");
        special(processor.putArray("single"), token).addObject().set("Sequence", part("A", 0));
        ArrayNode pair = special(processor.putArray("pair"), token);
        pair.addObject().set("Sequence", part("A", 0));
        special(pair, token).addObject().set("Sequence", part("B", 1));
        ObjectNode known = processor.putObject("special_tokens").putObject(token);
        known.put("id", token).putArray("ids").add(id.get());
        known.putArray("tokens").add(token);
    }

    private static ArrayNode special(ArrayNode template, String token) {
        template.addObject().set("SpecialToken", part(token, 0));
        return template;
    }

    private static ObjectNode part(String id, int type) {
        return MAPPER.createObjectNode().put("id", id).put("type_id", type);
    }

    private SplittingRule rule() {
        String name = gguf.string("tokenizer.ggml.pre")
                .filter(given -> !given.isEmpty())
                .orElseGet(SplittingRule.DEFAULT::ggufName);
        return SplittingRule.named(name)
                .orElseThrow(() -> new TokenizerException(gguf.origin() + " splits text by the rule \"" + name
                        + "\"; known are smollm, gpt-2, default, llama-bpe and qwen2. Use the model's Hugging Face"
                        + " directory with its tokenizer.json instead"));
    }

    private List<?> need(String key) {
        return gguf.list(key).orElseThrow(() -> new TokenizerException(gguf.origin() + " has no metadata " + key));
    }
}
