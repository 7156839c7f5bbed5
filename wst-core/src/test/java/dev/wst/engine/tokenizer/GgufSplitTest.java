package dev.wst.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.engine.weights.Gguf;
import dev.wst.engine.weights.GgufFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where each splitting rule cuts a text, worked out by hand from the published patterns (GPT-2's encoder.py; tokenizer.json of
 * SmolLM2, Llama 3 and Qwen 2); for "default", what llama.cpp makes of the same file. The vocabulary holds every piece of the text
 * and every merge, so that the tokens are what the rule leaves whole.
 */
class GgufSplitTest {
    private static final String TEXT = "We'll pay  $1234.\n\nOK don'T";

    @TempDir
    private Path directory;

    private static GgufFile file(String rule) {
        return file(rule, TEXT);
    }

    /** @param read of which every character but spaces and line ends is its own byte */
    private static GgufFile file(String rule, String read) {
        String text = read.replace(' ', '\u0120').replace('\n', '\u010A');
        Set<String> tokens = new LinkedHashSet<>();
        Set<String> merges = new LinkedHashSet<>();
        for (int length = 1; length <= text.length(); length++) {
            for (int from = 0; from + length <= text.length(); from++) {
                String piece = text.substring(from, from + length);
                tokens.add(piece);
                for (int cut = 1; cut < length; cut++) {
                    merges.add(piece.substring(0, cut) + " " + piece.substring(cut));
                }
            }
        }
        return new GgufFile()
                .with("tokenizer.ggml.model", "gpt2")
                .with("tokenizer.ggml.pre", rule)
                .with("tokenizer.ggml.tokens", new ArrayList<>(tokens))
                .with("tokenizer.ggml.merges", new ArrayList<>(merges));
    }

    private Gguf open(GgufFile file) throws IOException {
        return Gguf.open(file.write(directory.resolve("model.gguf")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "gpt-2:We|'ll| pay| | $|1234|.|~|~|OK| don|'|T",
                "smollm:We|'ll| pay| | $|1|2|3|4|.|~|~|OK| don|'|T",
                "llama-bpe:We|'ll| pay| | $|123|4|.~~|OK| don|'T",
                "qwen2:We|'ll| pay| | $|1|2|3|4|.~~|OK| don|'T",
                "default:We|'|ll| pay|  |$|123|4|.|~|~|OK| don|'|T",
            })
    void a_text_is_cut_where_the_rule_says(String rule, String pieces) throws IOException {
        assertThat(pieces(file(rule), TEXT))
                .containsExactly(pieces.replace('~', '\n').split("\\|", -1));
    }

    @Test
    void the_default_rule_parts_signs_from_spaces_and_digits_by_three() throws IOException {
        String text = "a+b=c~~ |x| `y` 12345 1";
        assertThat(pieces(file("default", text), text))
                .containsExactly(
                        "a", "+", "b", "=", "c", "~~", " ", "|", "x", "|", " `", "y", "`", " ", "123", "45", " ", "1");
    }

    private List<String> pieces(GgufFile file, String text) throws IOException {
        try (Gguf gguf = open(file);
                Tokenizer tokenizer = GgufTokenizer.of(gguf, "")) {
            return Arrays.stream(tokenizer.encode(text))
                    .mapToObj(tokenizer::decode)
                    .toList();
        }
    }

    @Test
    void a_file_that_names_no_rule_is_cut_by_the_default_one() throws IOException {
        String expected = json(file("default"));
        assertThat(json(file("").without("tokenizer.ggml.pre"))).isEqualTo(expected);
        assertThat(json(file(""))).isEqualTo(expected);
    }

    private String json(GgufFile file) throws IOException {
        try (Gguf gguf = open(file)) {
            return GgufTokenizer.json(gguf);
        }
    }

    @Test
    void an_unknown_rule_is_refused_by_name() throws IOException {
        try (Gguf gguf = open(file("deepseek-llm"))) {
            assertThatThrownBy(() -> GgufTokenizer.of(gguf, ""))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageContaining("model.gguf splits text by the rule \"deepseek-llm\"; known are smollm,");
        }
    }
}
