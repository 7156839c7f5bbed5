package dev.wst.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.weights.Gguf;
import dev.wst.weights.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a model's files hold about text.
 *
 * @param template empty for a base model that knows no chats
 */
public record TextSide(Tokenizer tokenizer, Optional<ChatTemplate> template) implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Loads tokenizer and chat template.
     *
     * @throws TokenizerException if they are missing, damaged or of an unknown kind
     */
    public static TextSide of(ModelFiles files) {
        return files.gguf().map(TextSide::ofGguf).orElseGet(() -> ofDirectory(files.origin()));
    }

    private static TextSide ofGguf(Gguf gguf) {
        Map<String, String> special = specialTokens(gguf);
        return new TextSide(
                GgufTokenizer.of(gguf), template(gguf).map(template -> new ChatTemplate(template, special)));
    }

    /**
     * What a GGUF file holds about text, as the files of a Hugging Face directory by their names: tokenizer.json and
     * tokenizer_config.json.
     *
     * @throws TokenizerException if its tokenizer is of a kind that is not rebuilt here
     */
    public static Map<String, String> files(Gguf gguf) {
        ObjectNode config = MAPPER.createObjectNode().put("tokenizer_class", "PreTrainedTokenizerFast");
        specialTokens(gguf).forEach(config::put);
        template(gguf).ifPresent(template -> config.put("chat_template", template));
        return Map.of("tokenizer.json", GgufTokenizer.json(gguf), "tokenizer_config.json", config.toPrettyString());
    }

    private static Optional<String> template(Gguf gguf) {
        return gguf.string("tokenizer.chat_template");
    }

    private static Map<String, String> specialTokens(Gguf gguf) {
        Map<String, String> special = new LinkedHashMap<>();
        gguf.list("tokenizer.ggml.tokens").ifPresent(tokens -> {
            for (String name : new String[] {"bos", "eos"}) {
                gguf.integer("tokenizer.ggml." + name + "_token_id")
                        .filter(id -> id < tokens.size())
                        .ifPresent(id -> special.put(name + "_token", String.valueOf(tokens.get(id.intValue()))));
            }
        });
        return special;
    }

    private static TextSide ofDirectory(Path directory) {
        Path file = directory.resolve("tokenizer_config.json");
        JsonNode config = Files.exists(file) ? read(file) : MAPPER.createObjectNode();
        Map<String, String> special = new LinkedHashMap<>();
        for (String name : new String[] {"bos_token", "eos_token"}) {
            JsonNode token = config.path(name);
            String text = token.isObject() ? token.path("content").asText() : token.asText("");
            special.put(name, text);
        }
        return new TextSide(
                Tokenizer.read(directory.resolve("tokenizer.json")),
                template(directory, config).map(template -> new ChatTemplate(template, special)));
    }

    private static Optional<String> template(Path directory, JsonNode config) {
        Path file = directory.resolve("chat_template.jinja");
        if (Files.exists(file)) {
            try {
                return Optional.of(Files.readString(file));
            } catch (IOException e) {
                throw new TokenizerException(file + " cannot be read: " + e, e);
            }
        }
        JsonNode inline = config.path("chat_template");
        if (inline.isTextual()) {
            return Optional.of(inline.asText());
        }
        for (JsonNode named : inline) {
            if (named.path("name").asText().equals("default")) {
                return Optional.of(named.path("template").asText());
            }
        }
        return Optional.empty();
    }

    private static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new TokenizerException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
