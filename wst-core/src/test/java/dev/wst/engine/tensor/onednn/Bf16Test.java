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
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products with weights in BF16: of rounded numbers, added up in FP32. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Bf16Test {
    private static final int N = 40;
    private static final int K = 72;

    private final Kernels kernels = Bf16.orSkipped(() -> KernelChoice.named("onednn", Optional.of(Precision.BF16)));

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

    /** To the nearest number with 8 significant bits, to the even one of two. */
    private static double rounded(float x) {
        int bits = Float.floatToRawIntBits(x);
        int lowest = bits >> 16 & 1;
        return Float.intBitsToFloat(bits + 0x7FFF + lowest & 0xFFFF0000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 70})
    void a_product_is_that_of_the_rounded_numbers(int m) {
        try (Matrix x = random(1, m, K + 5);
                Matrix w = random(2, N, K);
                Matrix y = random(3, m, N + 3);
                Weight weight = kernels.weight(w)) {
            Matrix left = x.columns(2, K);
            Matrix right = y.columns(1, N);
            float[] before = right.toArray();
            float[] xs = left.toArray();
            float[] ws = w.toArray();
            double[] expected = new double[m * N];
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < N; j++) {
                    for (int k = 0; k < K; k++) {
                        expected[i * N + j] += rounded(xs[i * K + k]) * rounded(ws[j * K + k]);
                    }
                }
            }
            kernels.linear(left, weight, right, true);
            float[] added = right.toArray();
            kernels.linear(left, weight, right, false);
            float[] alone = right.toArray();
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) alone[i]).isCloseTo(expected[i], within(1e-5));
                assertThat((double) added[i]).isCloseTo(before[i] + expected[i], within(1e-5));
            }
        }
    }

    @Test
    void the_slope_of_a_product_is_that_of_the_rounded_numbers() {
        int m = 9;
        try (Matrix dy = random(4, m, N);
                Matrix w = random(5, N, K);
                Matrix dx = kernels.allocate(m, K);
                Weight weight = kernels.weight(w)) {
            kernels.linearBack(dy, weight, dx, false);
            float[] slopes = dx.toArray();
            float[] dys = dy.toArray();
            float[] ws = w.toArray();
            for (int i = 0; i < m; i++) {
                for (int k = 0; k < K; k++) {
                    double expected = 0;
                    for (int j = 0; j < N; j++) {
                        expected += rounded(dys[i * N + j]) * rounded(ws[j * K + k]);
                    }
                    assertThat((double) slopes[i * K + k]).isCloseTo(expected, within(1e-5));
                }
            }
        }
    }

    @Test
    void a_weight_that_was_changed_is_rounded_again() {
        try (Matrix x = random(6, 2, K);
                Matrix w = random(7, N, K);
                Matrix y = kernels.allocate(2, N);
                Weight weight = kernels.weight(w)) {
            kernels.fill(w, 0);
            weight.refresh();
            kernels.linear(x, weight, y, false);
            assertThat(y.toArray()).containsOnly(0);
        }
    }

    @Test
    void a_choice_by_processor_keeps_small_weights_as_they_are_and_says_what_it_found() {
        try (Kernels chosen = KernelChoice.named("onednn", Optional.empty());
                Matrix x = random(8, 1, K);
                Matrix w = random(9, N, K);
                Matrix y = kernels.allocate(1, N);
                Weight weight = chosen.weight(w)) {
            assertThat(chosen.description())
                    .containsPattern(
                            "(BF16|FP32) \\(this processor has (no )?instructions for (it|BF16): \\S+:\\S+\\)");
            chosen.linear(x, weight, y, false);
            float[] xs = x.toArray();
            float[] ws = w.toArray();
            double expected = 0;
            for (int k = 0; k < K; k++) {
                expected += (double) xs[k] * ws[k];
            }
            assertThat((double) y.toArray()[0]).isCloseTo(expected, within(1e-5));
        }
    }

    @Test
    void weights_of_one_shape_in_both_precisions_live_side_by_side() {
        OneDnnKernels both = (OneDnnKernels) kernels;
        try (Matrix x = random(10, 2, K);
                Matrix w = random(11, N, K);
                Matrix y = kernels.allocate(2, N);
                Weight exact = both.weight(w, OneDnn.F32);
                Weight rounded = both.weight(w, OneDnn.BF16)) {
            kernels.linear(x, exact, y, false);
            double[] expected = new double[2];
            for (int k = 0; k < K; k++) {
                expected[0] += (double) x.toArray()[k] * w.toArray()[k];
                expected[1] += rounded(x.toArray()[k]) * rounded(w.toArray()[k]);
            }
            assertThat((double) y.toArray()[0]).isCloseTo(expected[0], within(1e-5));
            kernels.linear(x, rounded, y, false);
            assertThat((double) y.toArray()[0]).isCloseTo(expected[1], within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "portable"})
    void other_kernels_refuse_it(String name) {
        assertThatThrownBy(() -> KernelChoice.named(name, Optional.of(Precision.BF16)))
                .isInstanceOf(BackendException.class)
                .hasMessage("the kernels \"" + name
                        + "\" compute in FP32 only, got BF16; leave the precision out, or use onednn or cuda");
        KernelChoice.named(name, Optional.of(Precision.FP32)).close();
    }
}
