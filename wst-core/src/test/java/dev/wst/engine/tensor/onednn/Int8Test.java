package dev.wst.engine.tensor.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Precision;
import dev.wst.engine.Bf16;
import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products with weights in 8 bits and rows in 16. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Int8Test {
    private static final int N = 40;
    private static final int K = 72;

    private final Kernels kernels = Bf16.orSkipped(() -> KernelChoice.named("onednn", Optional.of(Precision.INT8)));

    @AfterAll
    void close() {
        kernels.close();
    }

    private Matrix random(long seed, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[rows * columns];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        Matrix matrix = kernels.allocate(rows, columns);
        matrix.write(numbers);
        return matrix;
    }

    private static double largest(float[] numbers, int row) {
        double largest = 0;
        for (int k = 0; k < K; k++) {
            largest = Math.max(largest, Math.abs(numbers[row * K + k]));
        }
        return largest;
    }

    /** What a weight becomes: a whole number of 127ths of its row's largest magnitude. */
    private static double rounded(float[] weights, int row, int k) {
        double scale = largest(weights, row) / 127;
        return Math.rint(weights[row * K + k] / scale) * scale;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 70})
    void a_product_is_that_of_the_rounded_weights_with_rows_of_16_bits(int m) {
        try (Matrix x = random(1, m, K + 5);
                Matrix w = random(2, N, K);
                Matrix y = random(3, m, N + 3);
                Weight weight = kernels.weight(w)) {
            Matrix left = x.columns(2, K);
            Matrix right = y.columns(1, N);
            float[] before = right.toArray();
            float[] xs = left.toArray();
            float[] ws = w.toArray();
            kernels.linear(left, weight, right, true);
            float[] added = right.toArray();
            kernels.linear(left, weight, right, false);
            float[] alone = right.toArray();
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < N; j++) {
                    double exact = 0;
                    double expected = 0;
                    double magnitudes = 0;
                    for (int k = 0; k < K; k++) {
                        double number = rounded(ws, j, k);
                        exact += (double) xs[i * K + k] * ws[j * K + k];
                        expected += xs[i * K + k] * number;
                        magnitudes += Math.abs(number);
                    }
                    // Half a unit of the low digit in every number of the row, and FP32's rounding.
                    double bound = magnitudes * largest(xs, i) / 127 / 254 / 2 + 1e-5;
                    int at = i * N + j;
                    assertThat((double) alone[at]).isCloseTo(expected, within(bound));
                    assertThat((double) added[at]).isCloseTo(before[at] + expected, within(bound));
                    // Half a unit of every weight.
                    assertThat((double) alone[at]).isCloseTo(exact, within(bound + K * largest(ws, j) / 127 / 2));
                }
            }
        }
    }

    @Test
    void a_row_is_computed_alike_whatever_stands_beside_it() {
        try (Matrix x = random(4, 70, K);
                Matrix w = random(5, N, K);
                Matrix together = kernels.allocate(70, N);
                Matrix alone = kernels.allocate(1, N);
                Weight weight = kernels.weight(w)) {
            kernels.linear(x, weight, together, false);
            for (int row : new int[] {0, 63, 64, 69}) {
                kernels.linear(x.rows(row, 1), weight, alone, false);
                assertThat(alone.toArray())
                        .containsExactly(together.rows(row, 1).toArray());
            }
        }
    }

    @Test
    void zeros_tiny_numbers_and_what_is_no_number_stay_in_their_row() {
        try (Matrix x = random(6, 4, K);
                Matrix w = random(7, N, K);
                Matrix y = kernels.allocate(4, N);
                Weight weight = kernels.weight(w)) {
            kernels.linear(x, weight, y, false);
            float[] untouched = y.rows(3, 1).toArray();
            kernels.fill(x.rows(0, 1), 0);
            kernels.fill(x.rows(1, 1), 1e-40f);
            x.columns(5, 1).rows(2, 1).write(new float[] {Float.NaN});
            kernels.linear(x, weight, y, false);
            assertThat(y.rows(0, 2).toArray()).containsOnly(0);
            assertThat(y.rows(2, 1).toArray()).containsOnly(Float.NaN);
            assertThat(y.rows(3, 1).toArray()).containsExactly(untouched);
        }
    }

    @Test
    void the_largest_magnitude_is_found_wherever_it_stands() {
        for (int length = 1; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                float[] row = new float[length];
                Arrays.fill(row, 0.5f);
                row[at] = -254;
                assertThat(ByteScale.of(row)).isEqualTo(new ByteScale(0.5f, 2));
            }
        }
    }

    @Test
    void a_weight_that_was_changed_is_rounded_again() {
        try (Matrix x = random(8, 2, K);
                Matrix w = random(9, N, K);
                Matrix y = kernels.allocate(2, N);
                Weight weight = kernels.weight(w)) {
            kernels.fill(w, 0);
            weight.refresh();
            kernels.linear(x, weight, y, false);
            assertThat(y.toArray()).containsOnly(0);
        }
    }

    @Test
    void there_is_no_way_back_through_it() {
        try (Matrix dy = random(10, 2, N);
                Matrix w = random(11, N, K);
                Matrix dx = kernels.allocate(2, K);
                Weight weight = kernels.weight(w)) {
            assertThatThrownBy(() -> kernels.linearBack(dy, weight, dx, false))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a weight in INT8 has no backward product; train with the model in BF16 or FP32");
        }
    }

    @Test
    void the_start_up_line_says_it_and_nothing_chooses_it_unasked() {
        assertThat(kernels.description()).endsWith("weights in INT8");
        try (Kernels chosen = KernelChoice.named("onednn", Optional.empty())) {
            assertThat(chosen.description()).doesNotContain("INT8");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "portable"})
    void other_kernels_refuse_it(String name) {
        assertThatThrownBy(() -> KernelChoice.named(name, Optional.of(Precision.INT8)))
                .isInstanceOf(BackendException.class)
                .hasMessage("the kernels \"" + name
                        + "\" compute in FP32 only, got INT8; leave the precision out, or use onednn");
    }
}
