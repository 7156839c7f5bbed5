package dev.wst.rewards.math.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccentsTest {
    @Test
    void only_a_few_accents_stay_in_a_row() {
        assertThat(Accents.thinned("a\u0301\u0302b")).isEqualTo("a\u0301\u0302b");
        assertThat(Accents.thinned("a" + "\u0301".repeat(5) + "b\u0302")).isEqualTo("a\u0301\u0301\u0301\u0301b\u0302");
        assertThat(Accents.thinned("\uD800\uDDFD".repeat(6))).isEqualTo("\uD800\uDDFD".repeat(4));
        assertThat(Accents.thinned("")).isEmpty();
    }
}
