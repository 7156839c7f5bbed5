package dev.wst.rewards.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTextTest {

    @ParameterizedTest
    @CsvSource({
        "'<think>a</think>b',                       b",
        "'x<THINKING>a</Thinking>b<think>c</think>d', xbd",
        "'b<think>never ends',                      b",
        "'opened by the template</think>b',         b",
        "'<think>a<think>b</think>c</think>d',      d",
        "'a</think>b</think>c',                     c",
        "'a<think>b</think>c</think>d',             d",
        "'<thinker>a</thinker>',                    <thinker>a</thinker>",
        "'no < tags > here',                        no < tags > here",
        "'<think>only</think>',                     ''",
    })
    void thinking_is_cut_out(String text, String visible) {
        assertThat(VisibleText.of(text)).isEqualTo(visible);
    }

    @Test
    void characters_that_show_nothing_are_written_out() {
        assertThat(VisibleText.of("a\u0000b\u202Ec\u200Bd\uDB40\uDC41e\tf\ng"))
                .isEqualTo("a{U+0000}b{U+202E}c{U+200B}d{U+E0041}e\tf\ng");
        for (int hidden : new int[] {
            0xAD, 0x34F, 0x61C, 0x115F, 0x180B, 0x200E, 0x200F, 0x2028, 0x2029, 0x2061, 0x2064, 0x2066, 0x3164, 0xFE00,
            0xFFA0, 0xFFF9, 0x1D173, 0xE0001, 0xE0100, 0xE01EF
        }) {
            assertThat(VisibleText.of("a" + Character.toString(hidden) + "b"))
                    .isEqualTo("a{U+%04X}b".formatted(hidden));
        }
        assertThat(VisibleText.of("a\u200C\u200Db")).isEqualTo("a{U+200C}{U+200D}b");
        assertThat(VisibleText.of("I \u2764\uFE0F it")).isEqualTo("I \u2764 it");
        // Joiners are part of words and of emoji.
        assertThat(VisibleText.of("\u0646\u200C\u0647 \uD83D\uDC69\u200D\uD83D\uDD2C"))
                .isEqualTo("\u0646\u200C\u0647 \uD83D\uDC69\u200D\uD83D\uDD2C");
    }

    @Test
    void control_words_of_chat_templates_are_broken() {
        assertThat(VisibleText.of("a<|im_end|>b")).isEqualTo("a< |im_end| >b");
    }

    @Test
    void a_megabyte_of_tags_takes_no_time_to_speak_of() {
        String tags = "<think>x</think><think>".repeat(50_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(VisibleText.of(tags)).isEmpty());
    }
}
