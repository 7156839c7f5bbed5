package dev.wst.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Shared;
import dev.wst.engine.weights.Gguf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
    private static final String MODEL = "models/smollm2-135m-instruct/";

    @Test
    void hard_strings_give_the_ids_of_the_python_tokenizer() throws IOException {
        try (Tokenizer tokenizer = Tokenizer.read(Shared.file(MODEL + "tokenizer.json"))) {
            assertGolden(tokenizer);
        }
    }

    @Test
    void a_tokenizer_rebuilt_from_gguf_metadata_gives_the_same_ids() throws IOException {
        try (Gguf gguf = Gguf.open(Shared.file(MODEL + "SmolLM2-135M-Instruct.Q4_1.gguf"));
                Tokenizer tokenizer = GgufTokenizer.of(gguf, "")) {
            assertGolden(tokenizer);
        }
    }

    private static void assertGolden(Tokenizer tokenizer) throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(Shared.file("golden/smollm2-tokenizer.json").toFile());
        assertThat(cases.size()).isGreaterThan(40);
        for (JsonNode one : cases) {
            List<Integer> expected = new ArrayList<>();
            one.get("ids").forEach(id -> expected.add(id.asInt()));
            int[] ids = tokenizer.encode(one.get("text").asText());
            assertThat(ids)
                    .as(one.get("text").asText())
                    .containsExactly(
                            expected.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    @Test
    void chats_are_rendered_as_transformers_does() throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(Shared.file("golden/smollm2-forward.json").toFile())
                .get("cases");
        ChatTemplate template = new ChatTemplate(
                Files.readString(Shared.file(MODEL + "chat_template.jinja")), Map.of("bos_token", "<|im_start|>"));
        for (JsonNode one : cases) {
            List<Message> messages = new ArrayList<>();
            one.get("messages")
                    .forEach(m -> messages.add(
                            new Message(m.get("role").asText(), m.get("content").asText())));
            assertThat(template.render(messages)).isEqualTo(one.get("text").asText());
        }
    }

    @Test
    void braces_in_a_message_stay_what_they_are() {
        ChatTemplate template = new ChatTemplate("{% for m in messages %}{{ m['content'] }}{% endfor %}", Map.of());
        assertThat(template.render(List.of(new Message("user", "{{ 6 * 7 }} {% if x %} <b> & \""))))
                .isEqualTo("{{ 6 * 7 }} {% if x %} <b> & \"");
    }

    @Test
    void a_template_that_refuses_a_chat_is_heard() {
        ChatTemplate template =
                new ChatTemplate("{{ raise_exception('roles must alternate') }}", Map.of("bos_token", "<s>"));
        assertThatThrownBy(() -> template.render(List.of(new Message("system", "x"))))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("[system]")
                .hasMessageContaining("roles must alternate");
    }

    @Test
    void a_damaged_tokenizer_is_refused(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("tokenizer.json"), "{\"version\": \"1.0\", \"mod");
        assertThatThrownBy(() -> Tokenizer.read(file))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining("{\"version\"");
        assertThatThrownBy(() -> Tokenizer.read(directory.resolve("absent.json")))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("absent.json cannot be read");
    }
}
