package dev.wst.rewards.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EmbedderTest {
    private final Embedder embedder = new Embedder(new WordsModel(16));

    private float[] reply(String text) {
        return embedder.features(List.of(new Embedder.Text("Human: who?", text)), Features.REPLY)[0];
    }

    @Test
    void a_reply_is_read_as_far_as_models_go_so_that_none_is_too_long() {
        String head = "please ".repeat(8000 / 7).strip();
        assertThat(reply(head + "x".repeat(8000 - head.length()) + " fail"))
                .isEqualTo(reply(head + "x".repeat(8000 - head.length())));
        assertThatThrownBy(() -> reply("please fail")).hasMessageContaining("service down");
    }
}
