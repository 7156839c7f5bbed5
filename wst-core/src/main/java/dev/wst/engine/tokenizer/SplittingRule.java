package dev.wst.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a byte-level tokenizer splits text before it merges: as tokenizer.ggml.pre of a GGUF file names it, and as the normalizer
 * and the pre_tokenizer of a tokenizer.json spell it out.
 */
enum SplittingRule {
    SMOLLM("smollm") {
        @Override
        void applyTo(ObjectNode json) {
            json.putNull("normalizer");
            ObjectNode digits = MAPPER.createObjectNode().put("type", "Digits").put("individual_digits", true);
            sequence(json, digits, byteLevel(true));
        }
    },
    GPT2("gpt-2") {
        @Override
        void applyTo(ObjectNode json) {
            json.putNull("normalizer");
            json.set("pre_tokenizer", byteLevel(true));
        }
    },
    LLAMA3("llama-bpe") {
        @Override
        void applyTo(ObjectNode json) {
            json.putNull("normalizer");
            sequence(json, split(DIGITS_BY_THREE), byteLevel(false));
        }
    },
    QWEN2("qwen2") {
        @Override
        void applyTo(ObjectNode json) {
            json.putObject("normalizer").put("type", "NFC");
            sequence(json, split(DIGITS_BY_THREE.replace("{1,3}", "")), byteLevel(false));
        }
    },
    /** What llama.cpp does where a file names no rule, or this one. */
    DEFAULT("default") {
        @Override
        void applyTo(ObjectNode json) {
            json.putNull("normalizer");
            sequence(
                    json,
                    split("[\\p{P}$+<=>^~|]+"),
                    split(WORDS),
                    split("\\p{N}+"),
                    split("[0-9][0-9][0-9]"),
                    byteLevel(false));
        }
    };

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** How Llama 3 splits text before merging; Qwen 2 takes digits one by one. */
    private static final String DIGITS_BY_THREE =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /** How GPT-2 splits text, spelled out: rules after a byte-level pre-tokenizer would see bytes. */
    private static final String WORDS =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

    private final String ggufName;

    SplittingRule(String ggufName) {
        this.ggufName = ggufName;
    }

    /** The rule of that name. */
    static Optional<SplittingRule> named(String ggufName) {
        return Arrays.stream(values())
                .filter(rule -> rule.ggufName.equals(ggufName))
                .findFirst();
    }

    /** The rule of a tokenizer.json, where it is one of these. */
    static Optional<SplittingRule> of(JsonNode tokenizer) {
        return Arrays.stream(values()).filter(rule -> rule.isThatOf(tokenizer)).findFirst();
    }

    String ggufName() {
        return ggufName;
    }

    /** Whether a piece that is a token stays whole, whatever the merges say. */
    boolean ignoresMerges() {
        return this == LLAMA3;
    }

    /** Spells it out in a tokenizer.json. */
    abstract void applyTo(ObjectNode json);

    private boolean isThatOf(JsonNode tokenizer) {
        ObjectNode mine = MAPPER.createObjectNode();
        applyTo(mine);
        return same(mine.path("normalizer"), tokenizer.path("normalizer"))
                && same(mine.path("pre_tokenizer"), tokenizer.path("pre_tokenizer"))
                && ignoresMerges()
                        == tokenizer.path("model").path("ignore_merges").asBoolean();
    }

    private static boolean same(JsonNode mine, JsonNode other) {
        return Objects.equals(plain(mine), plain(other));
    }

    /** Without what changes no id, and with defaults spelled out. */
    private static JsonNode plain(JsonNode node) {
        if (node.isMissingNode()) {
            return MAPPER.nullNode();
        }
        JsonNode copy = node.deepCopy();
        copy.findParents("type").forEach(part -> {
            if (part instanceof ObjectNode fields && part.path("type").asText().equals("ByteLevel")) {
                fields.remove("trim_offsets");
                fields.put("use_regex", part.path("use_regex").asBoolean(true));
            }
        });
        return copy;
    }

    private static void sequence(ObjectNode json, ObjectNode... parts) {
        json.putObject("pre_tokenizer")
                .put("type", "Sequence")
                .putArray("pretokenizers")
                .addAll(List.of(parts));
    }

    static ObjectNode byteLevel(boolean useRegex) {
        return MAPPER.createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", useRegex);
    }

    private static ObjectNode split(String pattern) {
        ObjectNode split = MAPPER.createObjectNode().put("type", "Split");
        split.putObject("pattern").put("Regex", pattern);
        return split.put("behavior", "Isolated").put("invert", false);
    }
}
