package dev.wst.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Ints;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixGroupTest {
    private static final int[] BEGINNING = IntStream.range(100, 120).toArray();

    private static int[] after(int shared, int... rest) {
        return Ints.concat(IntStream.range(100, 100 + shared).toArray(), rest);
    }

    @Test
    void reads_a_common_beginning_once() {
        List<PrefixGroup> groups = PrefixGroup.of(List.of(after(20, 1), after(20, 2, 3), after(20, 4)), 1000);

        assertThat(groups).hasSize(1);
        assertThat(groups.get(0).shared()).isEqualTo(20);
        assertThat(groups.get(0).rows()).isEqualTo(24);
        assertThat(groups.get(0).source().prompt()).containsExactly(BEGINNING);
    }

    @Test
    void leaves_every_prompt_a_token_of_its_own() {
        List<PrefixGroup> groups = PrefixGroup.of(List.of(after(20), after(20, 7)), 1000);

        assertThat(groups).hasSize(1);
        assertThat(groups.get(0).shared()).isEqualTo(19);
        assertThat(groups.get(0).tokenRows(50).get(0)).endsWith(68, 69);
        assertThat(groups.get(0).tokenRows(50).get(1)).endsWith(68, 70, 71);
    }

    @Test
    void begins_a_new_group_where_joining_would_give_up_more_than_it_saves() {
        // Two share 20 tokens; with the third all three would share 9: 18 rows saved instead of 20.
        List<PrefixGroup> groups = PrefixGroup.of(List.of(after(20, 1), after(20, 2), after(9, 3), after(9, 4)), 1000);

        assertThat(groups).extracting(PrefixGroup::shared).containsExactly(20, 9);
    }

    @Test
    void does_not_group_what_begins_differently_or_only_just_alike() {
        List<PrefixGroup> groups = PrefixGroup.of(List.of(after(7, 1), after(7, 2), new int[] {3}), 1000);

        assertThat(groups).extracting(PrefixGroup::rows).containsExactly(8, 8, 1);
    }

    @Test
    void keeps_to_the_most_rows() {
        List<PrefixGroup> groups = PrefixGroup.of(List.of(after(20, 1), after(20, 2), after(20, 3)), 22);

        assertThat(groups).extracting(PrefixGroup::rows).containsExactly(22, 21);
    }
}
