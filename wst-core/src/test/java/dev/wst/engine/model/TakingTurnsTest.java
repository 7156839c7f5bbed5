package dev.wst.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.ClosedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakingTurnsTest {
    private final List<String> seen = new ArrayList<>();
    private final TakingTurns turns =
            new TakingTurns("the model", () -> seen.add("turn ends"), () -> seen.add("freed"));

    @Test
    void a_turn_ends_once_however_deep_its_calls_go() {
        turns.take(() -> turns.take(() -> seen.add("call")));
        assertThat(seen).containsExactly("call", "turn ends");
    }

    @Test
    void a_turn_ends_where_its_call_fails() {
        assertThatThrownBy(() -> turns.take(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(seen).containsExactly("turn ends");
    }

    @Test
    void a_close_from_inside_a_call_comes_after_the_turn_and_frees_once() {
        turns.take(() -> {
            turns.close();
            return seen.add("call");
        });
        turns.close();
        assertThat(seen).containsExactly("call", "turn ends", "freed");
        assertThatThrownBy(() -> turns.take(() -> 1)).isInstanceOf(ClosedException.class);
    }
}
