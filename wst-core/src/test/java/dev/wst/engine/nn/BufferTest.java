package dev.wst.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import org.junit.jupiter.api.Test;

class BufferTest {
    @Test
    void what_does_not_fit_one_matrix_is_named_and_what_is_held_stays_good() {
        try (Kernels kernels = KernelChoice.named("host");
                Buffer scores = new Buffer(kernels, "scores")) {
            scores.of(2, 3).write(new float[] {1, 2, 3, 4, 5, 6});
            assertThatThrownBy(() -> scores.of(60_000, 60_000))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "scores: 60000 x 60000 numbers do not fit one matrix, which holds 536870909; shorter texts"
                                    + " or fewer at once need less");
            assertThat(scores.of(2, 3).toArray()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThatThrownBy(() -> kernels.allocate(30_000, 30_000))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a matrix holds at most 536870909 numbers (2 GB), got 30000 x 30000");
        }
    }

    @Test
    void memory_grows_by_more_than_was_asked_for() {
        try (Kernels kernels = KernelChoice.named("host");
                Buffer x = new Buffer(kernels, "x")) {
            x.of(1, 100);
            Matrix grown = x.of(1, 200);
            grown.write(new float[200]);
            x.of(1, 250).write(new float[250]);
            assertThat(grown.toArray()).as("the same memory serves both").hasSize(200);
        }
    }
}
