package dev.wst.engine.tensor.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Precision;
import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Products in BF16 read the numbers that are there, however they came. */
class CudaBf16Test {
    private CardOnCpu card;
    private CudaKernels kernels;
    private Matrix x;
    private Matrix gain;
    private Matrix y;
    private Weight weight;

    @BeforeEach
    void load() {
        card = new CardOnCpu();
        kernels = card.kernels(Precision.BF16);
        x = random(1, 6, 40);
        gain = random(2, 1, 40);
        y = kernels.allocate(6, 24);
        weight = kernels.weight(random(3, 24, 40));
    }

    @AfterEach
    void close() {
        kernels.close();
    }

    private Matrix random(long seed, int rows, int columns) {
        Matrix m = kernels.allocate(rows, columns);
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        m.write(values);
        return m;
    }

    /** To 8 significant bits, ties to even. */
    private static float rounded(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
    }

    private void assertProduct(Matrix operand, Matrix w) {
        float[] a = operand.toArray();
        float[] b = w.toArray();
        float[] c = y.toArray();
        for (int i = 0; i < operand.rows(); i++) {
            for (int j = 0; j < w.rows(); j++) {
                double sum = 0;
                for (int k = 0; k < w.columns(); k++) {
                    sum += (double) rounded(a[i * w.columns() + k]) * rounded(b[j * w.columns() + k]);
                }
                assertThat((double) c[i * w.rows() + j]).isCloseTo(sum, within(1e-5));
            }
        }
    }

    private long roundings(Runnable work) {
        long before = card.count("launches");
        work.run();
        return card.count("launches") - before;
    }

    @Test
    void a_norm_leaves_its_copy_for_all_products_that_read_it() {
        Matrix normed = kernels.allocate(6, 40);
        Matrix w = random(3, 24, 40);
        kernels.rmsNorm(x, gain, 1e-5f, normed);
        assertThat(roundings(() -> kernels.linear(normed, weight, y, false))).isZero();
        assertProduct(normed, w);
        assertThat(roundings(() -> kernels.linear(normed, weight, y, false))).isZero();
        assertThat(roundings(() -> kernels.linear(x, weight, y, false))).isEqualTo(1);
        assertProduct(x, w);
    }

    @Test
    void swi_glu_leaves_its_copy_too() {
        Matrix out = kernels.allocate(6, 40);
        kernels.swiGlu(x, random(5, 6, 40), out);
        assertThat(roundings(() -> kernels.linear(out, weight, y, false))).isZero();
        assertProduct(out, random(3, 24, 40));
    }

    @Test
    void whatever_changes_the_numbers_makes_the_copy_void() {
        Matrix w = random(3, 24, 40);
        Matrix normed = kernels.allocate(6, 40);
        Runnable[] changes = {
            () -> kernels.scale(normed, 2),
            () -> normed.write(random(7, 6, 40).toArray()),
            () -> normed.writeRow(2, new float[40], 0),
            () -> kernels.copy(x, normed),
            () -> kernels.matmul(Block.of(x), Block.of(random(9, 40, 40)), Block.of(normed), 1, false),
            () -> kernels.linear(x, kernels.weight(random(8, 40, 40)), normed, false),
            () -> kernels.linear(x, kernels.weight(random(8, 20, 40)), normed.columns(4, 20), false),
            () -> kernels.fused().orElseThrow().repeat("a key", () -> kernels.scale(normed, 3)),
            () -> kernels.fused().orElseThrow().repeat("a key", () -> kernels.scale(normed, 3)),
            () -> kernels.fused().orElseThrow().repeat("a key", () -> kernels.scale(normed, 3)),
        };
        for (Runnable change : changes) {
            kernels.rmsNorm(x, gain, 1e-5f, normed);
            change.run();
            kernels.linear(normed, weight, y, false);
            assertProduct(normed, w);
        }
    }

    @Test
    void the_way_back_multiplies_by_the_same_weight() {
        Matrix dy = random(4, 6, 24);
        Matrix dx = kernels.allocate(6, 40);
        kernels.linearBack(dy, weight, dx, false);
        float[] a = dy.toArray();
        float[] b = random(3, 24, 40).toArray();
        float[] c = dx.toArray();
        for (int i = 0; i < 6; i++) {
            for (int k = 0; k < 40; k++) {
                double sum = 0;
                for (int j = 0; j < 24; j++) {
                    sum += (double) rounded(a[i * 24 + j]) * rounded(b[j * 40 + k]);
                }
                assertThat((double) c[i * 40 + k]).isCloseTo(sum, within(1e-5));
            }
        }
    }
}
