package dev.wst.engine.tensor.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Precision;
import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products on a card in less than FP32: of rounded numbers, added up in FP32. */
class RoundedProductsTest {
    private static final int N = 40;
    private static final int K = 72;

    private final CardOnCpu card = new CardOnCpu();

    private static Matrix random(CudaKernels kernels, long seed, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[rows * columns];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        Matrix matrix = kernels.allocate(rows, columns);
        matrix.write(numbers);
        return matrix;
    }

    /** To the nearest number with so many places; of two, BF16 takes the even one and TF32 the one farther from zero. */
    private static double rounded(float x, Precision precision) {
        int dropped = precision == Precision.BF16 ? 16 : precision == Precision.TF32 ? 13 : 0;
        if (dropped == 0) {
            return x;
        }
        int bits = Float.floatToRawIntBits(x);
        int half = 1 << (dropped - 1);
        int farther = precision == Precision.TF32 ? 1 : (bits >> dropped) & 1;
        return Float.intBitsToFloat((bits + half - 1 + farther) & (-1 << dropped));
    }

    @ParameterizedTest
    @CsvSource({"BF16, 1", "BF16, 3", "BF16, 70", "TF32, 1", "TF32, 70", "FP32, 70"})
    void a_product_is_that_of_the_rounded_numbers(Precision precision, int m) {
        try (CudaKernels kernels = card.kernels(precision);
                Matrix x = random(kernels, 1, m, K + 5);
                Matrix w = random(kernels, 2, N, K);
                Matrix y = random(kernels, 3, m, N + 3);
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
                        expected[i * N + j] += rounded(xs[i * K + k], precision) * rounded(ws[j * K + k], precision);
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

    @ParameterizedTest
    @CsvSource({"BF16", "TF32"})
    void the_slope_of_a_product_is_that_of_the_rounded_numbers(Precision precision) {
        int m = 9;
        try (CudaKernels kernels = card.kernels(precision);
                Matrix dy = random(kernels, 4, m, N);
                Matrix w = random(kernels, 5, N, K);
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
                        expected += rounded(dys[i * N + j], precision) * rounded(ws[j * K + k], precision);
                    }
                    assertThat((double) slopes[i * K + k]).isCloseTo(expected, within(1e-5));
                }
            }
        }
    }

    /** Adapters and their gradients are such products: they stay exact beside frozen weights in BF16. */
    @ParameterizedTest
    @CsvSource({"BF16, FP32", "FP32, FP32", "TF32, TF32"})
    void a_product_of_matrices_rounds_only_where_the_card_is_asked_to(Precision precision, Precision expected) {
        try (CudaKernels kernels = card.kernels(precision);
                Matrix a = random(kernels, 6, 5, K);
                Matrix b = random(kernels, 7, N, K);
                Matrix c = kernels.allocate(5, N)) {
            kernels.matmul(Block.of(a), Block.of(b).transposed(), Block.of(c), 1, false);
            float[] as = a.toArray();
            float[] bs = b.toArray();
            double sum = 0;
            for (int k = 0; k < K; k++) {
                sum += rounded(as[k], expected) * rounded(bs[k], expected);
            }
            assertThat((double) c.toArray()[0]).isCloseTo(sum, within(1e-5));
        }
    }

    @Test
    void numbers_that_are_none_and_numbers_beyond_the_largest_survive_rounding() {
        try (CudaKernels kernels = card.kernels(Precision.BF16);
                Matrix w = kernels.allocate(1, 1);
                Matrix x = kernels.allocate(5, 1);
                Matrix y = kernels.allocate(5, 1);
                Weight weight = kernels.weight(w)) {
            kernels.fill(w, 1);
            weight.refresh();
            x.write(new float[] {
                Float.NaN, Float.intBitsToFloat(0x7f800001), Float.POSITIVE_INFINITY, Float.MAX_VALUE, -0f
            });
            kernels.linear(x, weight, y, false);
            assertThat(y.toArray())
                    .containsExactly(Float.NaN, Float.NaN, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, 0f);
        }
    }
}
