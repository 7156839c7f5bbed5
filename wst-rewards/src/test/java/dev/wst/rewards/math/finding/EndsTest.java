package dev.wst.rewards.math.finding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndsTest {

    @Test
    void the_next_mark_is_found_from_any_place_in_any_order() {
        Ends ends = new Ends("ab--cd--", "--");
        assertThat(ends.from(0)).isEqualTo(2);
        assertThat(ends.from(2)).isEqualTo(2);
        assertThat(ends.from(3)).isEqualTo(6);
        assertThat(ends.from(7)).isEqualTo(-1);
        assertThat(ends.from(1)).isEqualTo(2);
    }

    @Test
    void a_text_without_the_mark_has_none() {
        assertThat(new Ends("abc", "--").from(0)).isEqualTo(-1);
    }
}
