package dev.wst.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import org.junit.jupiter.api.Test;

class ArenaTest {
    @Test
    void matrices_of_a_pass_lie_side_by_side_and_the_next_pass_lies_over_them() {
        try (Kernels kernels = KernelChoice.named("host");
                Arena arena = new Arena(kernels)) {
            Place first = arena.place("first");
            Rows second = arena.rows("second", 5);
            arena.begin(Arena.room(6) + Arena.room(10), Arena.room(10));
            first.of(2, 3).write(new float[] {1, 2, 3, 4, 5, 6});
            second.of(2).write(new float[] {7, 7, 7, 7, 7, 7, 7, 7, 7, 7});
            assertThat(first.of(2, 3).toArray()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(second.of(2).offset() % 16).isZero();
            assertThat(arena.bytes()).isEqualTo(32 * Float.BYTES);
            arena.begin(Arena.room(5), Arena.room(5));
            assertThat(second.of(1).offset()).as("asked for first in this pass").isZero();
            assertThat(arena.bytes()).isEqualTo(32 * Float.BYTES);
        }
    }

    @Test
    void what_was_not_foreseen_is_laid_elsewhere_and_nothing_is_lost() {
        try (Kernels kernels = KernelChoice.named("host");
                Arena arena = new Arena(kernels)) {
            Place first = arena.place("first");
            Place second = arena.place("second");
            arena.begin(16, 16);
            first.of(1, 16).write(new float[16]);
            Matrix more = second.of(1, 40);
            kernels.fill(more, 1);
            assertThat(first.of(1, 16).toArray()).containsOnly(0);
            assertThat(second.of(4, 10).toArray()).containsOnly(1);
        }
    }

    @Test
    void more_than_one_matrix_holds_is_named_and_a_pass_of_several_counts_what_is_lost_at_their_ends() {
        try (Kernels kernels = KernelChoice.named("host");
                Arena arena = new Arena(kernels)) {
            arena.begin(16, 16);
            assertThatThrownBy(() -> arena.place("scores").of(60_000, 60_000))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("scores: 60000 x 60000 numbers do not fit one matrix");
        }
        assertThat(Arena.held(1000, 100)).isEqualTo(1000);
        long most = Matrix.MOST_NUMBERS;
        assertThat(Arena.held(most, 100)).isEqualTo(most);
        assertThat(Arena.held(most + 1, 100)).isEqualTo(most + 101);
        assertThat(Arena.held(3 * most, 1000)).isEqualTo(3 * most + 3000);
    }
}
