package dev.wst.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every implementation of the kernels keeps: against sums in double precision, and slopes by finite differences. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class KernelsContract {
    private static final Offset<Double> CLOSE = within(2e-5);
    private final Supplier<Kernels> loader;
    private final Offset<Double> products;
    private Kernels kernels;

    protected KernelsContract(Supplier<Kernels> loader) {
        this(loader, CLOSE.value);
    }

    /**
     * For kernels that round.
     *
     * @param products what an element of a product with a weight may be off
     */
    protected KernelsContract(Supplier<Kernels> loader, double products) {
        this.loader = loader;
        this.products = within(products);
    }

    @BeforeAll
    void load() {
        kernels = loader.get();
    }

    @AfterAll
    void close() {
        kernels.close();
    }

    Matrix random(long seed, int rows, int columns) {
        Matrix m = kernels.allocate(rows, columns);
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        m.write(values);
        return m;
    }

    /** A view with a row stride, inside a matrix of other numbers. */
    Matrix strided(long seed, int rows, int columns) {
        return random(seed, rows, columns + 5).columns(3, columns);
    }

    double at(float[] values, int columns, int r, int c) {
        return values[r * columns + c];
    }

    void assertClose(float[] actual, double[] expected) {
        assertClose(actual, expected, CLOSE);
    }

    private static void assertClose(float[] actual, double[] expected, Offset<Double> offset) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).as("element %d", i).isCloseTo(expected[i], offset);
        }
    }

    /** Holds dx to (f(x + h) - f(x - h)) / 2h, element by element. */
    void assertSlope(Matrix x, float[] dx, ToDoubleFunction<Matrix> f) {
        float[] values = x.toArray();
        float h = 1f / 128;
        for (int i = 0; i < values.length; i++) {
            float[] moved = values.clone();
            moved[i] = values[i] + h;
            x.write(moved);
            double above = f.applyAsDouble(x);
            moved[i] = values[i] - h;
            x.write(moved);
            double below = f.applyAsDouble(x);
            assertThat((double) dx[i]).as("slope %d", i).isCloseTo((above - below) / (2 * h), within(2e-3));
        }
        x.write(values);
    }

    double dot(Matrix a, Matrix b) {
        float[] p = a.toArray();
        float[] q = b.toArray();
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += (double) p[i] * q[i];
        }
        return sum;
    }

    @Test
    void linear_is_x_times_w_transposed_and_can_add() {
        for (int m : new int[] {1, 3, 70}) {
            Matrix x = strided(1, m, 10);
            Matrix w = random(2, 7, 10);
            Matrix y = strided(3, m, 7);
            float[] before = y.toArray();
            double[] product = new double[m * 7];
            float[] xs = x.toArray();
            float[] ws = w.toArray();
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < 7; j++) {
                    for (int k = 0; k < 10; k++) {
                        product[i * 7 + j] += at(xs, 10, i, k) * at(ws, 10, j, k);
                    }
                }
            }
            try (Weight weight = kernels.weight(w)) {
                kernels.linear(x, weight, y, true);
                double[] added = product.clone();
                for (int i = 0; i < added.length; i++) {
                    added[i] += before[i];
                }
                assertClose(y.toArray(), added, products);
                kernels.linear(x, weight, y, false);
                assertClose(y.toArray(), product, products);
            }
        }
    }

    @Test
    void a_refreshed_weight_is_the_new_one() {
        Matrix x = random(1, 4, 6);
        Matrix w = random(2, 5, 6);
        Matrix y = kernels.allocate(4, 5);
        try (Weight weight = kernels.weight(w)) {
            kernels.linear(x, weight, y, false);
            kernels.linearBack(y, weight, x, false);
            assertThat(x.toArray()).doesNotContain(0f);
            w.write(new float[30]);
            weight.refresh();
            kernels.linearBack(y, weight, x, false);
            kernels.linear(random(1, 4, 6), weight, y, false);
            assertThat(x.toArray()).containsOnly(0f);
            assertThat(y.toArray()).containsOnly(0f);
        }
    }

    @Test
    void linear_back_is_dy_times_w_and_can_add() {
        Matrix dy = strided(4, 9, 7);
        Matrix w = random(2, 7, 10);
        Matrix dx = strided(5, 9, 10);
        float[] before = dx.toArray();
        double[] product = new double[90];
        float[] ds = dy.toArray();
        float[] ws = w.toArray();
        for (int i = 0; i < 9; i++) {
            for (int k = 0; k < 10; k++) {
                for (int j = 0; j < 7; j++) {
                    product[i * 10 + k] += at(ds, 7, i, j) * at(ws, 10, j, k);
                }
            }
        }
        try (Weight weight = kernels.weight(w)) {
            kernels.linearBack(dy, weight, dx, true);
            double[] added = product.clone();
            for (int i = 0; i < added.length; i++) {
                added[i] += before[i];
            }
            assertClose(dx.toArray(), added, products);
            kernels.linearBack(dy, weight, dx, false);
            assertClose(dx.toArray(), product, products);
        }
    }

    @Test
    void matmul_multiplies_strided_batches_with_transposes_broadcasts_and_masks() {
        // a [2, 3] of [4, 5]; b [1, 3] of [6, 5], transposed; c [2, 3] of [4, 6]
        for (int spread : new int[] {6, 9}) {
            for (int perBatch : new int[] {0, 1}) {
                multiplied(spread, perBatch);
            }
        }
    }

    /** With a mask whose rows are {@code spread} apart, one for all or one for each n. */
    private void multiplied(int spread, int perBatch) {
        Matrix a = random(1, 2 * 3 * 4, 5);
        Matrix b = random(2, 3 * 6, 5);
        Matrix c = random(3, 2 * 3 * 4, 8);
        Matrix add = random(4, 8, spread);
        Block mask = new Block(
                add, 0, new int[] {1, 1 + perBatch, 1, 4, 6}, new long[] {0, perBatch * 4L * spread, 0, spread, 1});
        Block left = new Block(a, 0, new int[] {1, 2, 3, 4, 5}, new long[] {0, 60, 20, 5, 1});
        Block right = new Block(b, 0, new int[] {1, 1, 3, 6, 5}, new long[] {0, 0, 30, 5, 1}).transposed();
        Block target = new Block(c, 2, new int[] {1, 2, 3, 4, 6}, new long[] {0, 96, 32, 8, 1});
        for (int mode = 0; mode < 3; mode++) {
            float[] before = c.toArray();
            double[] expected = new double[before.length];
            for (int i = 0; i < before.length; i++) {
                expected[i] = before[i];
            }
            for (int n = 0; n < 2; n++) {
                for (int h = 0; h < 3; h++) {
                    for (int i = 0; i < 4; i++) {
                        for (int j = 0; j < 6; j++) {
                            double sum = 0;
                            for (int k = 0; k < 5; k++) {
                                sum += at(a.toArray(), 5, (n * 3 + h) * 4 + i, k) * at(b.toArray(), 5, h * 6 + j, k);
                            }
                            int where = 2 + n * 96 + h * 32 + i * 8 + j;
                            double extra = mode == 1
                                    ? before[where]
                                    : mode == 2 ? at(add.toArray(), spread, perBatch * n * 4 + i, j) : 0;
                            expected[where] = 0.5 * sum + extra;
                        }
                    }
                }
            }
            if (mode == 2) {
                kernels.maskedMatmul(left, right, target, 0.5f, mask);
            } else {
                kernels.matmul(left, right, target, 0.5f, mode == 1);
            }
            assertClose(c.toArray(), expected);
        }
    }

    @Test
    void matmul_of_sizes_that_are_no_power_of_anything() {
        for (int[] size : new int[][] {{1, 117, 33, 7}, {1, 5, 117, 7}, {47, 3, 9, 11}, {1, 3, 1, 2}}) {
            int n = size[0];
            int rows = size[1];
            int inner = size[2];
            int columns = size[3];
            Matrix a = random(1, n * rows, inner);
            Matrix b = random(2, n * inner, columns);
            Matrix c = random(3, n * rows, columns);
            for (boolean accumulate : new boolean[] {false, true}) {
                float[] before = c.toArray();
                kernels.matmul(
                        batch(a, n, rows, inner),
                        batch(b, n, inner, columns),
                        batch(c, n, rows, columns),
                        2,
                        accumulate);
                float[] after = c.toArray();
                for (int r = 0; r < n * rows; r++) {
                    for (int j = 0; j < columns; j++) {
                        double sum = accumulate ? at(before, columns, r, j) : 0;
                        for (int k = 0; k < inner; k++) {
                            sum += 2 * at(a.toArray(), inner, r, k) * at(b.toArray(), columns, r / rows * inner + k, j);
                        }
                        assertThat(at(after, columns, r, j)).isCloseTo(sum, products);
                    }
                }
            }
        }
    }

    private static Block batch(Matrix memory, int count, int rows, int columns) {
        return new Block(
                memory, 0, new int[] {1, count, 1, rows, columns}, new long[] {0, (long) rows * columns, 0, columns, 1
                });
    }

    @Test
    void a_row_is_computed_alike_however_many_there_are() {
        int rows = 23;
        Matrix x = random(1, rows, 12);
        Matrix other = random(2, rows, 12);
        Matrix third = random(3, rows, 12);
        Matrix gain = random(4, 1, 12);
        Weight weight = kernels.weight(random(5, 8, 12));
        Matrix d = random(6, rows, 8);
        Matrix narrow = kernels.allocate(rows, 8);
        Matrix wide = kernels.allocate(rows, 12);
        Matrix second = kernels.allocate(rows, 12);
        assertSameByRow(
                narrow,
                () -> kernels.linear(x, weight, narrow, false),
                r -> kernels.linear(x.rows(r, 1), weight, narrow.rows(r, 1), false));
        assertSameByRow(
                wide,
                () -> kernels.linearBack(d, weight, wide, false),
                r -> kernels.linearBack(d.rows(r, 1), weight, wide.rows(r, 1), false));
        assertSameByRow(
                wide,
                () -> kernels.rmsNorm(x, gain, 1e-5f, wide),
                r -> kernels.rmsNorm(x.rows(r, 1), gain, 1e-5f, wide.rows(r, 1)));
        assertSameByRow(wide, () -> kernels.softmax(x, wide), r -> kernels.softmax(x.rows(r, 1), wide.rows(r, 1)));
        assertSameByRow(
                wide,
                () -> kernels.softmaxBack(x, other, wide),
                r -> kernels.softmaxBack(x.rows(r, 1), other.rows(r, 1), wide.rows(r, 1)));
        assertSameByRow(
                wide,
                () -> kernels.swiGlu(x, other, wide),
                r -> kernels.swiGlu(x.rows(r, 1), other.rows(r, 1), wide.rows(r, 1)));
        assertSameByRow(
                wide,
                () -> kernels.swiGluBack(x, other, third, wide, second),
                r -> kernels.swiGluBack(
                        x.rows(r, 1), other.rows(r, 1), third.rows(r, 1), wide.rows(r, 1), second.rows(r, 1)));
        weight.close();
    }

    private void assertSameByRow(Matrix result, Runnable together, IntConsumer alone) {
        together.run();
        float[] expected = result.toArray();
        kernels.fill(result, Float.NaN);
        for (int r = 0; r < result.rows(); r++) {
            alone.accept(r);
        }
        float[] actual = result.toArray();
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], products);
        }
    }

    @Test
    void a_mask_of_minus_infinity_hides() {
        Matrix a = random(1, 2, 3);
        Matrix c = kernels.allocate(2, 2);
        Matrix mask = kernels.allocate(2, 2);
        mask.write(new float[] {0, Float.NEGATIVE_INFINITY, 0, 0});
        kernels.maskedMatmul(Block.of(a), Block.of(a).transposed(), Block.of(c), 1, Block.of(mask));
        kernels.softmax(c, c);
        assertThat(c.toArray()[0]).isEqualTo(1f);
        assertThat(c.toArray()[1]).isEqualTo(0f);
    }

    @Test
    void rms_norm_divides_by_the_root_of_the_mean_square() {
        Matrix x = strided(1, 5, 12);
        Matrix gain = random(2, 1, 12);
        Matrix y = strided(3, 5, 12);
        kernels.rmsNorm(x, gain, 1e-5f, y);
        float[] xs = x.toArray();
        double[] expected = new double[60];
        for (int r = 0; r < 5; r++) {
            double square = 0;
            for (int i = 0; i < 12; i++) {
                square += at(xs, 12, r, i) * at(xs, 12, r, i);
            }
            for (int i = 0; i < 12; i++) {
                expected[r * 12 + i] = gain.toArray()[i] * at(xs, 12, r, i) / Math.sqrt(square / 12 + 1e-5);
            }
        }
        assertClose(y.toArray(), expected);
    }

    @Test
    void rms_norm_back_is_its_slope_and_adds() {
        Matrix x = random(1, 3, 8);
        Matrix gain = random(2, 1, 8);
        Matrix dy = random(3, 3, 8);
        Matrix dx = kernels.allocate(3, 8);
        Matrix dGain = kernels.allocate(1, 8);
        kernels.fill(dx, 1);
        kernels.fill(dGain, 2);
        kernels.rmsNormBack(x, gain, 1e-5f, dy, dx, dGain);
        Matrix y = kernels.allocate(3, 8);
        assertSlope(x, minus(dx, 1), moved -> {
            kernels.rmsNorm(moved, gain, 1e-5f, y);
            return dot(y, dy);
        });
        assertSlope(gain, minus(dGain, 2), moved -> {
            kernels.rmsNorm(x, moved, 1e-5f, y);
            return dot(y, dy);
        });
    }

    private float[] minus(Matrix m, float value) {
        float[] values = m.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] -= value;
        }
        return values;
    }

    @Test
    void swi_glu_and_its_slopes() {
        Matrix gate = strided(1, 3, 7);
        Matrix up = strided(2, 3, 7);
        Matrix out = strided(3, 3, 7);
        kernels.swiGlu(gate, up, out);
        double[] expected = new double[21];
        for (int i = 0; i < 21; i++) {
            double g = gate.toArray()[i];
            expected[i] = g / (1 + Math.exp(-g)) * up.toArray()[i];
        }
        assertClose(out.toArray(), expected);
        Matrix dOut = random(4, 3, 7);
        Matrix dGate = random(5, 3, 7);
        Matrix dUp = random(6, 3, 7);
        kernels.swiGluBack(gate, up, dOut, dGate, dUp);
        assertSlope(gate, dGate.toArray(), moved -> {
            kernels.swiGlu(moved, up, out);
            return dot(out, dOut);
        });
        assertSlope(up, dUp.toArray(), moved -> {
            kernels.swiGlu(gate, moved, out);
            return dot(out, dOut);
        });
    }

    @Test
    void softmax_in_place_and_its_slope_in_place() {
        Matrix x = random(1, 4, 9);
        Matrix dy = random(2, 4, 9);
        Matrix p = kernels.allocate(4, 9);
        kernels.softmax(x, p);
        double[] expected = new double[36];
        for (int r = 0; r < 4; r++) {
            double sum = 0;
            for (int i = 0; i < 9; i++) {
                sum += Math.exp(at(x.toArray(), 9, r, i));
            }
            for (int i = 0; i < 9; i++) {
                expected[r * 9 + i] = Math.exp(at(x.toArray(), 9, r, i)) / sum;
            }
        }
        assertClose(p.toArray(), expected);
        Matrix d = kernels.allocate(4, 9);
        kernels.copy(dy, d);
        kernels.softmaxBack(p, d, d);
        Matrix y = kernels.allocate(4, 9);
        assertSlope(x, d.toArray(), moved -> {
            kernels.softmax(moved, y);
            return dot(y, dy);
        });
    }

    @Test
    void rope_turns_the_two_halves_of_every_head_and_back() {
        Matrix x = strided(1, 3, 8);
        Matrix table = kernels.allocate(6, 4);
        for (int p = 0; p < 6; p++) {
            table.writeRow(
                    p,
                    new float[] {
                        (float) Math.cos(p), (float) Math.cos(p * 0.1), (float) Math.sin(p), (float) Math.sin(p * 0.1)
                    },
                    0);
        }
        float[] before = x.toArray();
        kernels.rope(x, 2, table, kernels.index(new int[] {5, 0, 2}), false);
        double[] expected = new double[24];
        int[] positions = {5, 0, 2};
        for (int r = 0; r < 3; r++) {
            for (int head = 0; head < 2; head++) {
                for (int i = 0; i < 2; i++) {
                    double angle = positions[r] * (i == 0 ? 1 : 0.1);
                    double a = at(before, 8, r, head * 4 + i);
                    double b = at(before, 8, r, head * 4 + 2 + i);
                    expected[r * 8 + head * 4 + i] = a * Math.cos(angle) - b * Math.sin(angle);
                    expected[r * 8 + head * 4 + 2 + i] = b * Math.cos(angle) + a * Math.sin(angle);
                }
            }
        }
        assertClose(x.toArray(), expected);
        kernels.rope(x, 2, table, kernels.index(positions), true);
        double[] back = new double[24];
        for (int i = 0; i < 24; i++) {
            back[i] = before[i];
        }
        assertClose(x.toArray(), back);
    }

    @Test
    void rows_are_gathered_scattered_added_and_summed() {
        Matrix x = random(1, 4, 3);
        Matrix y = random(2, 3, 3);
        float[] xs = x.toArray();
        kernels.gatherRows(x, kernels.index(new int[] {2, -1, 2}), y);
        assertThat(y.toArray()).containsExactly(xs[6], xs[7], xs[8], 0, 0, 0, xs[6], xs[7], xs[8]);
        kernels.fill(y, 1);
        kernels.scatterAddRows(x, kernels.index(new int[] {0, -1, 2, 0}), y);
        assertClose(y.toArray(), new double[] {
            1.0 + xs[0] + xs[9],
            1.0 + xs[1] + xs[10],
            1.0 + xs[2] + xs[11],
            1,
            1,
            1,
            1.0 + xs[6],
            1.0 + xs[7],
            1.0 + xs[8]
        });
        Matrix row = kernels.allocate(1, 3);
        kernels.fill(row, 10);
        kernels.sumRows(x, row);
        assertClose(row.toArray(), new double[] {
            10.0 + xs[0] + xs[3] + xs[6] + xs[9],
            10.0 + xs[1] + xs[4] + xs[7] + xs[10],
            10.0 + xs[2] + xs[5] + xs[8] + xs[11]
        });
        kernels.fill(y, 2);
        row.write(new float[] {1, 2, 3});
        kernels.addRow(row, y);
        kernels.scale(y, 2);
        assertThat(y.rows(1, 1).toArray()).containsExactly(6, 8, 10);
        kernels.add(y.rows(0, 1), y.rows(1, 1));
        assertThat(y.toArray()).containsExactly(6, 8, 10, 12, 16, 20, 6, 8, 10);
        Matrix wide = random(7, 3, 5);
        kernels.copy(y, wide.columns(1, 3));
        assertThat(wide.columns(1, 3).toArray()).containsExactly(y.toArray());
    }

    @Test
    void rows_are_placed_where_the_index_says() {
        Matrix x = strided(1, 3, 2);
        Matrix y = strided(2, 4, 2);
        float[] xs = x.toArray();
        float[] ys = y.toArray();
        kernels.placeRows(x, kernels.index(new int[] {3, -1, 0}), y);
        assertThat(y.toArray()).containsExactly(xs[4], xs[5], ys[2], ys[3], ys[4], ys[5], xs[0], xs[1]);
    }

    @Test
    void blocks_are_copied_between_orders() {
        // x [2, 2] of [2, 3], rows 4 apart; y the same with columns contiguous
        Matrix x = random(1, 8, 4);
        Matrix y = kernels.allocate(1, 24);
        Block from = new Block(x, 0, new int[] {1, 2, 2, 2, 3}, new long[] {0, 16, 8, 4, 1});
        Block to = new Block(y, 0, new int[] {1, 2, 2, 3, 2}, new long[] {0, 12, 6, 2, 1});
        kernels.copy(from.transposed(), to);
        float[] xs = x.toArray();
        float[] ys = y.toArray();
        for (int block = 0; block < 4; block++) {
            for (int r = 0; r < 2; r++) {
                for (int c = 0; c < 3; c++) {
                    assertThat(ys[block * 6 + c * 2 + r]).isEqualTo(xs[(block * 2 + r) * 4 + c]);
                }
            }
        }
    }

    @Test
    void part_of_a_matrix_is_filled() {
        Matrix x = random(1, 3, 5);
        float[] before = x.toArray();
        kernels.fill(x.rows(1, 2).columns(2, 3), Float.NEGATIVE_INFINITY);
        float[] after = x.toArray();
        for (int i = 0; i < 15; i++) {
            boolean inside = i / 5 >= 1 && i % 5 >= 2;
            assertThat(after[i]).isEqualTo(inside ? Float.NEGATIVE_INFINITY : before[i]);
        }
    }

    @Test
    void token_scores_are_log_softmax_and_entropy_with_their_slopes() {
        Matrix logits = random(1, 3, 11);
        int[] targets = {4, 0, 10};
        double[] lse = new double[3];
        double[] logP = new double[3];
        double[] entropy = new double[3];
        float[] z = logits.toArray();
        kernels.tokenScores(logits, kernels.index(targets), lse, logP, entropy);
        for (int r = 0; r < 3; r++) {
            double sum = 0;
            for (int i = 0; i < 11; i++) {
                sum += Math.exp(at(z, 11, r, i));
            }
            double h = 0;
            for (int i = 0; i < 11; i++) {
                double lp = at(z, 11, r, i) - Math.log(sum);
                h -= Math.exp(lp) * lp;
            }
            assertThat(logP[r]).isCloseTo(at(z, 11, r, targets[r]) - Math.log(sum), CLOSE);
            assertThat(entropy[r]).isCloseTo(h, CLOSE);
        }
        double[] a = {0.7, -1.3, 0.2};
        double[] b = {-0.4, 0.9, 1.5};
        kernels.tokenScoresBack(logits, kernels.index(targets), lse, entropy, a, b);
        float[] slope = logits.toArray();
        logits.write(z);
        assertSlope(logits, slope, moved -> {
            kernels.tokenScores(moved, kernels.index(targets), lse, logP, entropy);
            double loss = 0;
            for (int r = 0; r < 3; r++) {
                loss += a[r] * logP[r] + b[r] * entropy[r];
            }
            return loss;
        });
    }

    /** More numbers than are worked on together, and a row that is no multiple of any lane. */
    @Test
    void token_scores_of_a_large_vocabulary_and_logits_far_apart() {
        int rows = 30;
        int v = 40_003;
        Matrix logits = random(3, rows, v);
        float[] z = logits.toArray();
        for (int i = 0; i < z.length; i++) {
            z[i] *= 30;
        }
        logits.write(z);
        int[] targets = new int[rows];
        Arrays.setAll(targets, r -> r * 1_333);
        double[] lse = new double[rows];
        double[] logP = new double[rows];
        double[] entropy = new double[rows];
        kernels.tokenScores(logits, kernels.index(targets), lse, logP, entropy);
        double[] a = new double[rows];
        double[] b = new double[rows];
        Arrays.setAll(a, r -> 0.1 * r - 1);
        Arrays.setAll(b, r -> 0.7 - 0.05 * r);
        kernels.tokenScoresBack(logits, kernels.index(targets), lse, entropy, a, b);
        float[] slope = logits.toArray();
        for (int r = 0; r < rows; r++) {
            double sum = 0;
            for (int i = 0; i < v; i++) {
                sum += Math.exp(at(z, v, r, i));
            }
            double h = 0;
            for (int i = 0; i < v; i++) {
                double lp = at(z, v, r, i) - Math.log(sum);
                h -= Math.exp(lp) * lp;
            }
            assertThat(lse[r]).isCloseTo(Math.log(sum), CLOSE);
            assertThat(logP[r]).isCloseTo(at(z, v, r, targets[r]) - Math.log(sum), CLOSE);
            assertThat(entropy[r]).isCloseTo(h, CLOSE);
            for (int i = 0; i < v; i++) {
                double lp = at(z, v, r, i) - Math.log(sum);
                double expected = (i == targets[r] ? a[r] : 0) - Math.exp(lp) * (a[r] + b[r] * (lp + h));
                assertThat(Math.abs(at(slope, v, r, i) - expected)).isLessThan(2e-5);
            }
        }
    }

    @Test
    void the_sum_of_squares_shows_what_is_not_finite() {
        Matrix x = random(1, 3, 4);
        double expected = 0;
        for (float value : x.toArray()) {
            expected += (double) value * value;
        }
        assertThat(kernels.sumOfSquares(x)).isCloseTo(expected, CLOSE);
        float[] values = x.toArray();
        values[5] = Float.NaN;
        x.write(values);
        assertThat(kernels.sumOfSquares(x)).isNaN();
    }

    @Test
    void adam_w_follows_its_definition_for_two_steps() {
        Matrix w = random(1, 2, 3);
        Matrix m = kernels.allocate(2, 3);
        Matrix v = kernels.allocate(2, 3);
        double[] weight = new double[6];
        float[] ws = w.toArray();
        Arrays.setAll(weight, i -> ws[i]);
        double[] first = new double[6];
        double[] second = new double[6];
        for (int t = 1; t <= 2; t++) {
            Matrix g = random(10 + t, 2, 3);
            kernels.adamW(w, g, m, v, new AdamWStep(0.1, 0.9, 0.99, 1e-8, 0.05, t, 0.5));
            float[] gs = g.toArray();
            for (int i = 0; i < 6; i++) {
                double slope = 0.5 * gs[i];
                first[i] = 0.9 * first[i] + 0.1 * slope;
                second[i] = 0.99 * second[i] + 0.01 * slope * slope;
                double root = Math.sqrt(second[i] / (1 - Math.pow(0.99, t)));
                weight[i] -= 0.1 * (first[i] / (1 - Math.pow(0.9, t)) / (root + 1e-8) + 0.05 * weight[i]);
            }
        }
        assertClose(w.toArray(), weight);
    }
}
