package dev.wst.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.engine.model.TinyGguf;
import dev.wst.engine.model.TinyModel;
import dev.wst.engine.tokenizer.TextSide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens end a text. Those of control tokens are what llama.cpp says of the same vocabularies ({@code llama_vocab_is_eog}). */
class EndTokensTest {
    @TempDir
    private Path directory;

    private static GgufFile file(int type, List<String> tokens) {
        return new GgufFile()
                .with("tokenizer.ggml.tokens", tokens)
                .with("tokenizer.ggml.token_type", new ArrayList<>(Collections.nCopies(tokens.size(), type)));
    }

    private Set<String> ends(GgufFile file) throws IOException {
        try (Gguf gguf = open(file)) {
            List<?> tokens = gguf.list("tokenizer.ggml.tokens").orElseThrow();
            return EndTokens.of(gguf).stream()
                    .map(id -> String.valueOf(tokens.get(id)))
                    .collect(Collectors.toSet());
        }
    }

    private Gguf open(GgufFile file) throws IOException {
        return Gguf.open(file.write(directory.resolve("model.gguf")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "Llama 3:   x <|begin_of_text|> <|end_of_text|> <|eom_id|> <|eot_id|>:   <|end_of_text|> <|eom_id|>"
                        + " <|eot_id|>",
                "Qwen 2.5:  x <|endoftext|> <|im_start|> <|im_end|> <|fim_prefix|> <|fim_pad|> <|repo_name|>"
                        + " <|file_sep|>: <|endoftext|> <|im_end|> <|fim_pad|> <|repo_name|> <|file_sep|>",
                "SmolLM 2:  x <|endoftext|> <|im_start|> <|im_end|> <repo_name> <reponame> <file_sep>:"
                        + " <|endoftext|> <|im_end|> <reponame>",
                "others:    x <EOT> _<EOT> [EOT] [EOS] <eos> </s> <s> <end_of_turn> <PAD>:"
                        + " <EOT> _<EOT> [EOT] [EOS] <eos> </s> <end_of_turn> <PAD>",
                "messages:  x <|end|> <|call|> <|return|>:   <|call|> <|return|>",
                "messages:  x <|end|> <|calls|> <|flush|>:   <|calls|> <|flush|>",
                "turns:     x <|end|> <|return|> <|flush|>:  <|end|> <|return|> <|flush|>",
            })
    void added_tokens_that_are_known_by_name_end_a_text(String model, String tokens, String ends) throws IOException {
        for (int type : List.of(3, 4)) {
            assertThat(ends(file(type, Arrays.asList(tokens.split(" ")))))
                    .as(model)
                    .containsExactlyInAnyOrder(ends.split(" "));
        }
    }

    @Test
    void pieces_of_text_that_are_called_so_do_not() throws IOException {
        List<String> tokens = List.of("</s>", "<eos>", "<EOT>", "<|end|>");
        assertThat(ends(file(1, tokens))).isEmpty();
        assertThat(ends(file(1, tokens).without("tokenizer.ggml.token_type"))).isEmpty();
        assertThat(ends(file(1, tokens).with("tokenizer.ggml.eos_token_id", 0))).containsExactly("</s>");
    }

    @Test
    void a_number_counts_instead_of_the_names_of_what_separates_files() throws IOException {
        GgufFile file = file(3, List.of("x", "y", "<|fim_pad|>", "<|file_sep|>"));
        assertThat(ends(file.with("tokenizer.ggml.fim_pad_token_id", 1)))
                .containsExactlyInAnyOrder("y", "<|file_sep|>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bos", "eos", "eot"})
    void minus_one_is_no_token(String role) throws IOException {
        for (Object none : List.of(-1, -1L)) {
            GgufFile file = TinyGguf.file()
                    .with("tokenizer.ggml.add_bos_token", true)
                    .with("tokenizer.ggml.chat_template", "x")
                    .with("tokenizer.ggml." + role + "_token_id", none);
            try (ModelFiles files = ModelFiles.open(file.write(directory.resolve("model.gguf")));
                    TextSide text = TextSide.of(files)) {
                assertThat(files.config().endTokens()).containsExactly(96);
                Gguf gguf = files.gguf().orElseThrow();
                assertThat(gguf.token(role)).isEmpty();
                assertThat(text.tokenizer().encodeAlone("a")).hasSize(role.equals("bos") ? 1 : 2);
                assertThat(GgufConfig.files(gguf).get("config.json")).doesNotContain("-1");
                assertThat(TextSide.files(gguf).get("tokenizer_config.json")).doesNotContain("\"" + role + "_token\"");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"bos, 97", "eos, -2", "eot, 4294967294", "eom, 97", "fim_pad, 9223372036854775807"})
    void a_number_of_no_token_is_refused_with_its_key(String role, long number) throws IOException {
        String key = "tokenizer.ggml." + role + "_token_id";
        Path file = TinyGguf.file().with(key, number).write(directory.resolve("model.gguf"));
        assertThatThrownBy(() -> {
                    try (ModelFiles files = ModelFiles.open(file)) {
                        TextSide.of(files).close();
                    }
                })
                .isInstanceOf(ModelFileException.class)
                .hasMessage(file + ": metadata " + key + " is " + number + ", but there are 97 tokens, numbered from 0;"
                        + " correct it with llama.cpp's gguf_set_metadata.py, or take another conversion of the model");
    }

    private Path eosOfDirectory(String given) throws IOException {
        Path config = TinyModel.in(directory).resolve("config.json");
        return Files.writeString(
                config, Files.readString(config).replace("\"eos_token_id\": 2", "\"eos_token_id\": " + given));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {"96: 1", "[5, 7]: 2", "[5, -1]: 1", "[]: 0", "-1: 0", "null: 0"})
    void a_hugging_face_directory_may_name_none(String given, int count) throws IOException {
        eosOfDirectory(given);
        assertThat(ModelConfig.ofDirectory(directory).endTokens())
                .hasSize(count)
                .doesNotContain(-1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            quoteCharacter = '`',
            value = {"97: 97", "-2: -2", "[5, 97]: 97", "\"5\": \"5\"", "[{}]: {}"})
    void what_is_no_token_of_a_hugging_face_directory_is_refused(String given, String named) throws IOException {
        Path config = eosOfDirectory(given);
        assertThatThrownBy(() -> ModelConfig.ofDirectory(directory))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(config + ": eos_token_id should hold numbers of tokens, from 0 to 96, but holds " + named);
    }
}
