package dev.wst.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Sampling;
import dev.wst.engine.tokenizer.Message;
import dev.wst.engine.tokenizer.TokenizerException;
import dev.wst.engine.weights.GgufFile;
import dev.wst.engine.weights.UnsupportedModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageModelTest {
    private static final List<Message> CHAT = List.of(new Message("system", "w3 w4"), new Message("user", "w5"));

    @TempDir
    private Path directory;

    private static LanguageModel open(Path path) {
        return LanguageModel.open(path, KernelChoice.named("host"));
    }

    private Path gguf(GgufFile file) throws IOException {
        return file.write(directory.resolve("tiny.gguf"));
    }

    @Test
    void a_tokenizer_of_another_model_is_noticed() throws IOException {
        Path tokenizer = TinyModel.in(directory).resolve("tokenizer.json");
        Files.writeString(
                tokenizer, Files.readString(tokenizer).replace("\"w96\":96", "\"w96\":96,\"w97\":97,\"w98\":98"));
        assertThatThrownBy(() -> open(directory))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("more tokens than the model, whose vocabulary is 97");
    }

    @Test
    void without_a_chat_template_the_tokenizer_says_how_a_text_begins() throws IOException {
        Path tokenizer = TinyModel.in(directory).resolve("tokenizer.json");
        try (LanguageModel model = open(directory)) {
            assertThat(model.prompt(CHAT)).containsExactly(3, 4, 5);
        }
        Files.writeString(
                tokenizer,
                Files.readString(tokenizer)
                        .replace(
                                "\"post_processor\":null",
                                "\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":"
                                        + "{\"id\":\"w1\",\"type_id\":0}},{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],"
                                        + "\"pair\":[{\"Sequence\":{\"id\":\"A\",\"type_id\":0}},{\"Sequence\":"
                                        + "{\"id\":\"B\",\"type_id\":1}}],\"special_tokens\":{\"w1\":{\"id\":\"w1\","
                                        + "\"ids\":[1],\"tokens\":[\"w1\"]}}}"));
        try (LanguageModel model = open(directory)) {
            assertThat(model.prompt(CHAT)).containsExactly(1, 3, 4, 5);
        }
        Files.writeString(
                directory.resolve("chat_template.jinja"), "{% for m in messages %}{{ m['content'] }} {% endfor %}");
        try (LanguageModel model = open(directory)) {
            assertThat(model.prompt(CHAT)).as("a template writes it itself").containsExactly(3, 4, 5);
        }
    }

    @Test
    void a_gguf_file_says_whether_a_token_begins_a_text() throws IOException {
        List<Message> chat = List.of(new Message("user", "ab"));
        GgufFile base = TinyGguf.file().without("tokenizer.chat_template");
        try (LanguageModel model = open(gguf(base))) {
            assertThat(model.prompt(chat)).containsExactly(95);
        }
        try (LanguageModel model = open(gguf(base.with("tokenizer.ggml.add_bos_token", true)))) {
            assertThat(model.prompt(chat)).containsExactly(96, 95);
        }
        base.without("tokenizer.ggml.add_bos_token").with("tokenizer.ggml.pre", "llama-bpe");
        try (LanguageModel model = open(gguf(base))) {
            assertThat(model.prompt(chat)).as("Llama 3 begins with one").containsExactly(96, 95);
        }
        try (LanguageModel model = open(gguf(base.with("tokenizer.ggml.add_bos_token", false)))) {
            assertThat(model.prompt(chat)).containsExactly(95);
        }
    }

    @Test
    void a_gguf_file_without_a_tokenizer_or_of_another_family_is_refused() throws IOException {
        Path none = gguf(TinyGguf.file().without("tokenizer.ggml.model"));
        assertThatThrownBy(() -> open(none))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("tiny.gguf holds no tokenizer");
        Path other = gguf(TinyGguf.file().with("tokenizer.ggml.model", "llama"));
        assertThatThrownBy(() -> open(other))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("tokenizer of kind \"llama\"");
        Path family = gguf(TinyGguf.file().with("general.architecture", "gemma3"));
        assertThatThrownBy(() -> open(family))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("tiny.gguf asks for architecture \"gemma3\"");
    }

    @Test
    void a_gguf_file_with_tensors_that_are_not_computed_with_is_refused_by_their_names() throws IOException {
        Path biased = gguf(TinyGguf.file()
                .tensor("blk.0.attn_output.bias", new int[] {32}, new float[32])
                .tensor("blk.2.attn_q.bias", new int[] {32}, new float[32]));
        assertThatThrownBy(() -> open(biased))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage(biased + " holds tensors that are not computed with here,"
                        + " [model.layers.0.self_attn.o_proj.bias, model.layers.2.self_attn.q_proj.bias]; without them"
                        + " it would be another model");
    }

    @Test
    void a_prompt_that_cannot_be_computed_is_refused_with_its_length_and_the_limit() throws IOException {
        Path config = TinyModel.in(directory).resolve("config.json");
        try (LanguageModel model = open(directory)) {
            assertThatThrownBy(() -> model.check(new int[120], 9, "the question"))
                    .isInstanceOf(PromptTooLongException.class)
                    .hasMessage("the question has 120 tokens; with 9 to be written it exceeds the context of 128 of "
                            + directory + "; shorten it or let fewer tokens be written");
            assertThatThrownBy(() -> model.check(new int[1], Integer.MAX_VALUE, "the question"))
                    .isInstanceOf(PromptTooLongException.class)
                    .hasMessageContaining("with 2147483647 to be written it exceeds the context of 128");
            model.check(new int[120], 8, "the question");
        }
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("\"max_position_embeddings\": 128", "\"max_position_embeddings\": 100000"));
        try (LanguageModel model = open(directory)) {
            model.check(new int[8192], 8, "the question");
            assertThatThrownBy(() -> model.generate(List.of(new int[8193]), Sampling.greedy(2), new long[] {1}, false))
                    .isInstanceOf(PromptTooLongException.class)
                    .hasMessage("prompt 0 has 8193 tokens; the 4 attention heads of " + directory
                            + " are computed here for prompts of at most 8192; shorten it");
        }
    }

    @Test
    void the_tokens_that_end_a_text_a_turn_or_a_message_in_a_gguf_file_end_what_is_written() throws IOException {
        int[] prompt = {5, 9, 13};
        int next;
        try (LanguageModel model = open(gguf(TinyGguf.file()))) {
            assertThat(model.config().endTokens()).containsExactly(96);
            next = greedy(model, prompt).tokens()[0];
        }
        for (String name : List.of("eot", "eom")) {
            try (LanguageModel model = open(gguf(TinyGguf.file().with("tokenizer.ggml." + name + "_token_id", next)))) {
                assertThat(model.config().endTokens()).as(name).containsExactlyInAnyOrder(96, next);
                assertThat(greedy(model, prompt).tokens()).containsExactly(next);
                assertThat(greedy(model, prompt).ended()).isTrue();
            }
        }
    }

    @Test
    void an_added_token_that_is_known_to_end_texts_ends_what_is_written_and_is_not_in_it() throws IOException {
        int[] prompt = {5, 9, 13};
        int next;
        try (LanguageModel model = open(gguf(TinyGguf.file()))) {
            next = greedy(model, prompt).tokens()[0];
        }
        GgufFile named = TinyGguf.file().with(TinyGguf.TOKENS, TinyGguf.tokens(Map.of(next, "<|eot_id|>")));
        for (int type : List.of(3, 4)) {
            try (LanguageModel model = open(gguf(named.with(TinyGguf.TYPES, TinyGguf.types(Map.of(next, type)))))) {
                assertThat(greedy(model, prompt)).satisfies(written -> {
                    assertThat(written.tokens()).containsExactly(next);
                    assertThat(written.ended()).isTrue();
                    assertThat(written.text()).isEmpty();
                });
                assertThat(model.written("<|eot_id|>"))
                        .as("in a text it is text")
                        .doesNotContain(next);
            }
        }
    }

    @Test
    void an_end_token_that_is_also_a_piece_of_text_is_not_in_what_it_ends() throws IOException {
        int[] prompt = {5, 9, 13};
        int next;
        try (LanguageModel model = open(gguf(TinyGguf.file()))) {
            next = greedy(model, prompt).tokens()[0];
        }
        try (LanguageModel model = open(gguf(TinyGguf.file().with("tokenizer.ggml.eos_token_id", next)))) {
            assertThat(greedy(model, prompt).text()).isEmpty();
            assertThat(greedy(model, prompt).tokens()).containsExactly(next);
        }
    }

    @Test
    void a_gguf_file_that_does_not_say_how_text_is_split_is_warned_of() throws IOException {
        assertThat(logged(gguf(TinyGguf.file()))).doesNotContain("WARN");
        assertThat(logged(gguf(TinyGguf.file().with("tokenizer.ggml.pre", "default"))))
                .doesNotContain("WARN");
        assertThat(logged(gguf(TinyGguf.file().without("tokenizer.ggml.pre"))))
                .contains("WARN")
                .contains("tiny.gguf does not say how text is split")
                .contains("(tokenizer.ggml.pre)");
    }

    private static String logged(Path file) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            open(file).close();
            return bytes.toString(StandardCharsets.UTF_8);
        } finally {
            System.setErr(before);
        }
    }

    private static Continuation greedy(LanguageModel model, int[] prompt) {
        return model.generate(List.of(prompt), Sampling.greedy(4), new long[] {1}, false)
                .get(0);
    }

    @Test
    void a_gguf_file_computes_what_the_same_weights_compute_elsewhere() throws IOException {
        int[] tokens = {1, 5, 9, 13, 96, 2};
        try (LanguageModel here = open(gguf(TinyGguf.file()));
                LanguageModel there = open(TinyModel.in(directory))) {
            assertThat(here.decoder().logits(tokens, false))
                    .containsExactly(there.decoder().logits(tokens, false));
        }
    }
}
