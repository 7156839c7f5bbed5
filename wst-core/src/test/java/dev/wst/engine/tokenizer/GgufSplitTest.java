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
 * SmolLM2, Llama 3 and Qwen 2). The vocabulary holds every piece of the text and every merge, so that the tokens are what the
 * rule leaves whole.
 */
class GgufSplitTest {
    private static final String TEXT = "We'll pay  $1234.\n\nOK don'T";

    @TempDir
    private Path directory;

    private Gguf file(String rule) throws IOException {
        String text = TEXT.replace(' ', '\u0120').replace('\n', '\u010A');
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
        return Gguf.open(new GgufFile()
                .with("tokenizer.ggml.model", "gpt2")
                .with("tokenizer.ggml.pre", rule)
                .with("tokenizer.ggml.tokens", new ArrayList<>(tokens))
                .with("tokenizer.ggml.merges", new ArrayList<>(merges))
                .write(directory.resolve(rule + ".gguf")));
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
            })
    void a_text_is_cut_where_the_rule_says(String rule, String pieces) throws IOException {
        try (Gguf gguf = file(rule);
                Tokenizer tokenizer = GgufTokenizer.of(gguf, "")) {
            assertThat(Arrays.stream(tokenizer.encode(TEXT))
                            .mapToObj(tokenizer::decode)
                            .toList())
                    .isEqualTo(List.of(pieces.replace('~', '\n').split("\\|", -1)));
        }
    }

    @Test
    void an_unknown_rule_is_refused_by_name() throws IOException {
        try (Gguf gguf = file("deepseek-llm")) {
            assertThatThrownBy(() -> GgufTokenizer.of(gguf, ""))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageContaining(
                            "deepseek-llm.gguf splits text by the rule \"deepseek-llm\"; known are smollm,");
        }
    }
}
