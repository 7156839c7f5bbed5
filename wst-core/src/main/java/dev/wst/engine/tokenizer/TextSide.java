package dev.wst.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.engine.tokenizer.jinja.Text;
import dev.wst.engine.weights.Gguf;
import dev.wst.engine.weights.GgufMetadata;
import dev.wst.engine.weights.ModelConfig;
import dev.wst.engine.weights.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tokenizer and the chat template of one model.
 *
 * @param template empty for a base model that knows no chats
 */
public record TextSide(Tokenizer tokenizer, Optional<ChatTemplate> template) implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> SPECIAL_TOKENS =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

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
                GgufTokenizer.of(gguf, template(gguf).orElse("")),
                template(gguf).map(template -> new ChatTemplate(template, special)));
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
                gguf.token(name).ifPresent(id -> special.put(name + "_token", String.valueOf(tokens.get(id))));
            }
        });
        return special;
    }

    private static TextSide ofDirectory(Path directory) {
        JsonNode config = config(directory);
        Map<String, String> special = specialTokens(config);
        Optional<String> source = template(directory, config);
        return new TextSide(
                Tokenizer.read(directory.resolve("tokenizer.json"), source.orElse("")),
                source.map(template -> new ChatTemplate(template, special)));
    }

    /**
     * Adds what a Hugging Face directory holds about text to what a GGUF file says.
     *
     * @throws TokenizerException if a GGUF file cannot say it
     */
    public static void describe(Path directory, ModelConfig model, GgufMetadata target) {
        JsonNode config = config(directory);
        Path file = directory.resolve("tokenizer.json");
        GgufVocabulary.describe(file, read(file), specialTokens(config), model, target);
        template(directory, config).ifPresent(template -> target.put("tokenizer.chat_template", template));
    }

    private static JsonNode config(Path directory) {
        Path file = directory.resolve("tokenizer_config.json");
        return Files.exists(file) ? read(file) : MAPPER.createObjectNode();
    }

    private static Map<String, String> specialTokens(JsonNode config) {
        Map<String, String> special = new LinkedHashMap<>();
        for (String name : SPECIAL_TOKENS) {
            JsonNode token = config.path(name);
            String text = token.isObject() ? token.path("content").asText() : token.asText("");
            if (!text.isEmpty()) {
                special.put(name, text);
            }
        }
        return special;
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

    /**
     * The tokens of a chat, ending where the assistant is to write. A model without a chat template gets the contents one
     * after the other, a blank line between them, with the tokens that its tokenizer puts around a text.
     *
     * @param controlTokensInText whether the names of control tokens in a message become those tokens; otherwise they are
     *     text, and the template alone says who speaks
     */
    public int[] prompt(List<Message> messages, boolean controlTokensInText) {
        if (template.isPresent()) {
            Text chat = template.get().renderMarked(messages);
            return controlTokensInText
                    ? tokenizer.encode(chat.toString())
                    : tokenizer.encode(chat.toString(), chat.foreignChars(), false);
        }
        String contents = messages.stream().map(Message::content).collect(Collectors.joining("\n\n"));
        return controlTokensInText ? tokenizer.encodeAlone(contents) : tokenizer.encode(contents, all(contents), true);
    }

    /** The tokens of a text inside a chat, in which the names of control tokens are text. */
    public int[] plain(String text) {
        return tokenizer.encode(text, all(text), false);
    }

    private static BitSet all(String text) {
        BitSet all = new BitSet();
        all.set(0, text.length());
        return all;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
