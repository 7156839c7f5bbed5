package dev.wst.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wst.engine.weights.EndTokens;
import dev.wst.engine.weights.GgufMetadata;
import dev.wst.engine.weights.ModelConfig;
import dev.wst.engine.weights.TokenType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A tokenizer.json as metadata of a GGUF file: what {@link GgufTokenizer} reads. */
final class GgufVocabulary {
    private static final List<String> ENDS = List.of("eos", "eot", "eom");

    private final Path file;
    private final JsonNode json;
    private final String[] tokens;
    private final int[] types;
    private final Map<String, Integer> ids = new HashMap<>();

    private GgufVocabulary(Path file, JsonNode json, int size) {
        this.file = file;
        this.json = json;
        this.tokens = new String[size];
        this.types = new int[size];
    }

    /**
     * Adds a tokenizer to what a GGUF file says.
     *
     * @param file a tokenizer.json
     * @param json what it holds
     * @param special what templates call bos_token, eos_token and so on
     * @throws TokenizerException if a GGUF file cannot say it
     */
    static void describe(
            Path file, JsonNode json, Map<String, String> special, ModelConfig config, GgufMetadata target) {
        new GgufVocabulary(file, json, config.decoder().vocabulary()).describe(special, config.endTokens(), target);
    }

    private void describe(Map<String, String> special, Set<Integer> ends, GgufMetadata target) {
        JsonNode model = json.path("model");
        if (!model.path("type").asText().equals("BPE")
                || !json.path("decoder").path("type").asText().equals("ByteLevel")) {
            throw unsaid("its model is " + model.path("type").asText("missing") + " with the decoder "
                    + json.path("decoder").path("type").asText("missing") + "; byte-level BPE is written here");
        }
        SplittingRule rule = SplittingRule.of(json)
                .orElseThrow(() -> unsaid("its normalizer and pre_tokenizer are none of "
                        + Arrays.stream(SplittingRule.values())
                                .map(SplittingRule::ggufName)
                                .toList()));
        collect(model.path("vocab"));
        List<String> merges = new ArrayList<>();
        model.path("merges")
                .forEach(merge -> merges.add(
                        merge.isArray()
                                ? merge.path(0).asText() + " " + merge.path(1).asText()
                                : merge.asText()));
        target.put("tokenizer.ggml.model", "gpt2")
                .put("tokenizer.ggml.pre", rule.ggufName())
                .putTexts("tokenizer.ggml.tokens", Arrays.asList(tokens))
                .putIntegers("tokenizer.ggml.token_type", types)
                .putTexts("tokenizer.ggml.merges", merges);
        ends(special, ends, target);
        Map<String, String> others = Map.of("bos_token", "bos", "unk_token", "unknown", "pad_token", "padding");
        others.forEach((name, key) -> {
            Integer id = ids.get(special.getOrDefault(name, ""));
            if (id != null) {
                target.put("tokenizer.ggml." + key + "_token_id", id);
            }
        });
        beginning(special, target);
    }

    private void collect(JsonNode vocabulary) {
        vocabulary
                .properties()
                .forEach(entry -> put(entry.getKey(), entry.getValue().asInt(-1), TokenType.NORMAL));
        for (JsonNode token : json.path("added_tokens")) {
            String content = token.path("content").asText();
            for (String flag : List.of("single_word", "lstrip", "rstrip")) {
                if (token.path(flag).asBoolean()) {
                    throw unsaid("its added token " + content + " has " + flag);
                }
            }
            put(
                    content,
                    token.path("id").asInt(-1),
                    token.path("special").asBoolean() ? TokenType.CONTROL : TokenType.USER_DEFINED);
        }
        for (int id = 0; id < tokens.length; id++) {
            if (types[id] == 0) {
                tokens[id] = "[PAD" + id + "]";
                types[id] = TokenType.UNUSED;
            }
        }
    }

    private void put(String token, int id, int type) {
        if (id < 0 || id >= tokens.length) {
            throw new TokenizerException(file + ": token " + token + " has the number " + id
                    + ", but the model's vocabulary is " + tokens.length + "; is it that of another model?");
        }
        tokens[id] = token;
        types[id] = type;
        ids.put(token, id);
    }

    /**
     * The one that templates call eos_token comes first: some programs stop at no other. Those that readers know by name come last,
     * and may be left out.
     */
    private void ends(Map<String, String> special, Set<Integer> ends, GgufMetadata target) {
        if (ends.isEmpty()) {
            throw unsaid("its model has no end token; from 1 to " + ENDS.size() + " are written here");
        }
        int first = ids.getOrDefault(special.getOrDefault("eos_token", ""), -1);
        Set<Integer> known = EndTokens.knownByName(added());
        List<Integer> order = new ArrayList<>(new TreeSet<>(ends));
        order.sort(Comparator.comparing((Integer id) -> id != first).thenComparing(known::contains));
        for (int i = 0; i < order.size(); i++) {
            if (i < ENDS.size()) {
                target.put("tokenizer.ggml." + ENDS.get(i) + "_token_id", order.get(i));
            } else if (!known.contains(order.get(i))) {
                throw unsaid("its model has " + ends.size() + " end tokens, " + ends + "; " + ENDS.size()
                        + " are written here, and those that llama.cpp knows by name");
            }
        }
    }

    private Map<String, Integer> added() {
        Map<String, Integer> added = new HashMap<>();
        for (int id = 0; id < tokens.length; id++) {
            if (types[id] == TokenType.CONTROL || types[id] == TokenType.USER_DEFINED) {
                added.put(tokens[id], id);
            }
        }
        return added;
    }

    private void beginning(Map<String, String> special, GgufMetadata target) {
        List<String> before = new ArrayList<>();
        addAround(json.path("post_processor"), before);
        boolean begins = before.equals(List.of(special.getOrDefault("bos_token", "")));
        if (!begins && !before.isEmpty()) {
            throw unsaid("its post_processor puts " + before + " around a text; GGUF knows of a bos_token before it");
        }
        target.put("tokenizer.ggml.add_bos_token", begins);
    }

    /** What stands around a text: each special token before it, and what is not one before it spelled out. */
    private static void addAround(JsonNode processor, List<String> to) {
        processor.path("processors").forEach(part -> addAround(part, to));
        boolean after = false;
        for (JsonNode part : processor.path("single")) {
            after |= part.has("Sequence");
            if (part.has("SpecialToken")) {
                String token = part.path("SpecialToken").path("id").asText();
                to.add(after ? "a text, then " + token : token);
            }
        }
    }

    private TokenizerException unsaid(String why) {
        return new TokenizerException(
                file + " cannot be written to a GGUF file: " + why + ". Save merged safetensors instead");
    }
}
