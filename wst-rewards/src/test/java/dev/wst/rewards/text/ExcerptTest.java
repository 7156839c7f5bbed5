package dev.wst.rewards.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void what_fits_stays_as_it_is() {
        assertThat(Excerpt.of("", 10)).isEmpty();
        assertThat(Excerpt.of("0123456789", 10)).isEqualTo("0123456789");
        assertThat(Excerpt.of("\u4E2D\u6587", 6)).isEqualTo("\u4E2D\u6587");
    }

    @Test
    void what_does_not_fit_is_cut_between_characters() {
        assertThat(Excerpt.of("01234567890", 10)).isEqualTo("0123456789");
        assertThat(Excerpt.of("\u4E2D\u6587", 5)).isEqualTo("\u4E2D");
        assertThat(Excerpt.of("a\uD83D\uDE00b", 5)).isEqualTo("a\uD83D\uDE00");
        assertThat(Excerpt.of("a\uD83D\uDE00b", 4)).isEqualTo("a");
    }
}
