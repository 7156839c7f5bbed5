package dev.wst.engine.tensor.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Precision;
import dev.wst.engine.tensor.FusedKernels;
import dev.wst.engine.tensor.FusedKernels.Slots;
import dev.wst.engine.tensor.HeadShape;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Matrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations done as one, against sums in double precision and finite differences. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FusedKernelsTest {
    private CardOnCpu card;
    private CudaKernels kernels;
    private FusedKernels fused;

    @BeforeAll
    void load() {
        card = new CardOnCpu();
        kernels = card.kernels(Precision.FP32);
        fused = kernels.fused().orElseThrow();
    }

    @AfterAll
    void close() {
        if (kernels != null) {
            kernels.close();
        }
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

    /** Which rows each row sees: a prompt of 37 rows, then texts of 5 and 34 rows after it; then a prompt of its own. */
    private static boolean sees(int row, int key) {
        if (key > row) {
            return false;
        }
        if (row < 37) {
            return true;
        }
        if (row < 42) {
            return key < 37 || key >= 37;
        }
        if (row < 76) {
            return key < 37 || key >= 42;
        }
        return key >= 76;
    }

    private static final int ROWS = 79;

    private Index tiles(HeadShape shape, boolean keys) {
        int most = keys ? fused.keysOfTile(shape) : fused.rowsOfTile(shape);
        int[][] texts = {{0, 37, 0, 0, 76}, {37, 42, 0, 37, 42}, {42, 76, 0, 37, 76}, {76, 79, 0, 0, 79}};
        return kernels.index(Arrays.stream(texts)
                .flatMapToInt(text -> {
                    int count = (text[1] - text[0] + most - 1) / most;
                    int[] all = new int[count * (keys ? 3 : 5)];
                    for (int i = 0; i < count; i++) {
                        int row = text[0] + i * most;
                        int rows = Math.min(most, text[1] - row);
                        int[] tile = keys
                                ? new int[] {row, rows, text[4]}
                                : new int[] {row, rows, text[2], text[3], text[0]};
                        System.arraycopy(tile, 0, all, i * tile.length, tile.length);
                    }
                    return Arrays.stream(all);
                })
                .toArray());
    }

    private static double[] attention(float[] projected, HeadShape shape) {
        int d = shape.width();
        int wide = shape.projected();
        double[] context = new double[ROWS * shape.queries() * d];
        for (int row = 0; row < ROWS; row++) {
            for (int head = 0; head < shape.queries(); head++) {
                int kv = head / shape.sharing();
                double[] weights = new double[ROWS];
                double sum = 0;
                for (int key = 0; key < ROWS; key++) {
                    if (sees(row, key)) {
                        double score = 0;
                        for (int i = 0; i < d; i++) {
                            score += (double) projected[row * wide + head * d + i]
                                    * projected[key * wide + (shape.queries() + kv) * d + i];
                        }
                        weights[key] = Math.exp(score * shape.scale());
                        sum += weights[key];
                    }
                }
                for (int key = 0; key < ROWS; key++) {
                    for (int i = 0; i < d; i++) {
                        context[(row * shape.queries() + head) * d + i] += weights[key]
                                / sum
                                * projected[key * wide + (shape.queries() + shape.keyValues() + kv) * d + i];
                    }
                }
            }
        }
        return context;
    }

    @ParameterizedTest
    @CsvSource({"6, 2, 8", "3, 1, 64", "7, 1, 64", "4, 4, 20", "6, 1, 128", "2, 2, 96"})
    void attention_sees_prefix_and_own_text_and_its_slopes_follow(int queries, int keyValues, int width) {
        HeadShape shape = new HeadShape(queries, keyValues, width, (float) (1 / Math.sqrt(width)));
        assertThat(fused.supports(shape)).isTrue();
        try (Index tiles = tiles(shape, false);
                Index keyTiles = tiles(shape, true);
                Matrix projected = random(1, ROWS, shape.projected());
                Matrix context = kernels.allocate(ROWS, queries * width);
                Matrix logSumExp = kernels.allocate(ROWS, queries);
                Matrix delta = kernels.allocate(ROWS, queries);
                Matrix dContext = random(2, ROWS, queries * width);
                Matrix dProjected = kernels.allocate(ROWS, shape.projected())) {
            fused.attend(projected, shape, tiles, context, logSumExp);
            double[] expected = attention(projected.toArray(), shape);
            float[] actual = context.toArray();
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) actual[i]).as("element %d", i).isCloseTo(expected[i], within(2e-6));
            }
            fused.attendBack(projected, shape, tiles, keyTiles, context, dContext, logSumExp, delta, dProjected);
            float[] weights = dContext.toArray();
            float[] slopes = dProjected.toArray();
            float[] values = projected.toArray();
            ToDoubleFunction<float[]> loss = moved -> {
                double[] result = attention(moved, shape);
                double sum = 0;
                for (int i = 0; i < result.length; i++) {
                    sum += result[i] * weights[i];
                }
                return sum;
            };
            SplittableRandom random = new SplittableRandom(3);
            for (int n = 0; n < 12; n++) {
                // Each kind of number: a query's, a key's, a value's.
                int part = new int[] {0, queries * width, (queries + keyValues) * width}[n % 3];
                int size = n % 3 == 0 ? queries * width : keyValues * width;
                int at = random.nextInt(ROWS) * shape.projected() + part + random.nextInt(size);
                float[] moved = values.clone();
                moved[at] = values[at] + 0.01f;
                double above = loss.applyAsDouble(moved);
                moved[at] = values[at] - 0.01f;
                double below = loss.applyAsDouble(moved);
                double step = (double) (values[at] + 0.01f) - (values[at] - 0.01f);
                assertThat((double) slopes[at]).as("slope %d", at).isCloseTo((above - below) / step, within(5e-4));
            }
        }
    }

    @Test
    void threads_in_reverse_give_the_same_bytes() {
        HeadShape shape = new HeadShape(6, 2, 16, 0.25f);
        try (Index tiles = tiles(shape, false);
                Index keyTiles = tiles(shape, true);
                Matrix projected = random(1, ROWS, shape.projected());
                Matrix dContext = random(2, ROWS, 96)) {
            float[] forwards = through(shape, tiles, keyTiles, projected, dContext);
            card.backwards(true);
            try {
                assertThat(through(shape, tiles, keyTiles, projected, dContext)).isEqualTo(forwards);
            } finally {
                card.backwards(false);
            }
        }
    }

    private float[] through(HeadShape shape, Index tiles, Index keyTiles, Matrix projected, Matrix dContext) {
        try (Matrix context = kernels.allocate(ROWS, 96);
                Matrix logSumExp = kernels.allocate(ROWS, 6);
                Matrix delta = kernels.allocate(ROWS, 6);
                Matrix dProjected = kernels.allocate(ROWS, shape.projected())) {
            fused.attend(projected, shape, tiles, context, logSumExp);
            fused.attendBack(projected, shape, tiles, keyTiles, context, dContext, logSumExp, delta, dProjected);
            return dProjected.toArray();
        }
    }

    @ParameterizedTest
    @CsvSource({"6, 2, 8, 3, 0", "3, 1, 64, 40, 70", "7, 1, 64, 64, 31", "8, 1, 128, 33, 32"})
    void a_cached_token_sees_its_prompt_its_text_and_itself(
            int queries, int keyValues, int width, int prompt, int written) {
        HeadShape shape = new HeadShape(queries, keyValues, width, 0.2f);
        int d = width;
        int rows = 2;
        int room = written + 3;
        try (Matrix prompts = random(1, prompt + 5, shape.cached());
                Matrix cache = random(2, rows * room, shape.cached());
                Matrix projected = random(3, rows, shape.projected());
                Matrix table = random(4, prompt + written + 9, d);
                Matrix context = kernels.allocate(rows, queries * d);
                Slots places = fused.slots(3 * rows);
                Slots count = fused.slots(1)) {
            // Two texts of different prompts: the first prompt is shorter by two.
            places.write(new int[] {2, prompt - 2, room, 5, prompt, 0});
            count.write(new int[] {written});
            float[] before = projected.toArray();
            float[] turns = table.toArray();
            float[] promptCache = prompts.toArray();
            float[] textCache = cache.toArray();
            fused.appendToCache(projected, shape, places, count, table, cache);
            fused.attendCached(projected, shape, places, count, prompts, cache, context);
            float[] result = context.toArray();
            for (int row = 0; row < rows; row++) {
                int first = row == 0 ? 2 : 5;
                int length = row == 0 ? prompt - 2 : prompt;
                int own = row == 0 ? room : 0;
                float[] turned = turned(before, row, shape, turns, length + written);
                for (int head = 0; head < queries; head++) {
                    int kv = head / shape.sharing();
                    double[] expected = new double[d];
                    double sum = 0;
                    for (int key = 0; key < length + written + 1; key++) {
                        float[] source = key < length ? promptCache : key < length + written ? textCache : turned;
                        int at = key < length
                                ? (first + key) * shape.cached()
                                : key < length + written ? (own + key - length) * shape.cached() : queries * d;
                        double score = 0;
                        for (int i = 0; i < d; i++) {
                            score += (double) turned[head * d + i] * source[at + kv * d + i];
                        }
                        double weight = Math.exp(score * shape.scale());
                        sum += weight;
                        for (int i = 0; i < d; i++) {
                            expected[i] += weight * source[at + (keyValues + kv) * d + i];
                        }
                    }
                    for (int i = 0; i < d; i++) {
                        assertThat((double) result[(row * queries + head) * d + i])
                                .isCloseTo(expected[i] / sum, within(5e-6));
                    }
                }
                float[] appended = new float[shape.cached()];
                cache.readRow(own + written, appended, 0);
                assertThat(appended)
                        .containsExactly(Arrays.copyOfRange(turned, queries * d, turned.length), within(1e-6f));
            }
        }
    }

    private static float[] turned(float[] projected, int row, HeadShape shape, float[] table, int position) {
        int half = shape.width() / 2;
        float[] result = Arrays.copyOfRange(projected, row * shape.projected(), (row + 1) * shape.projected());
        for (int head = 0; head < shape.queries() + shape.keyValues(); head++) {
            for (int i = 0; i < half; i++) {
                float cosine = table[position * shape.width() + i];
                float sine = table[position * shape.width() + half + i];
                int at = head * shape.width() + i;
                float a = result[at];
                float b = result[at + half];
                result[at] = a * cosine - b * sine;
                result[at + half] = b * cosine + a * sine;
            }
        }
        return result;
    }

    @Test
    void what_failed_the_first_time_is_done_once_more_before_it_is_recorded() {
        try (Matrix x = kernels.allocate(1, 4)) {
            long before = card.count("replays");
            assertThatThrownBy(() -> fused.repeat("failing", () -> {
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            fused.repeat("failing", () -> kernels.fill(x, 1));
            assertThat(card.count("replays")).isEqualTo(before);
            assertThatThrownBy(() -> fused.repeat("failing", () -> {
                        kernels.fill(x, 2);
                        throw new IllegalStateException("while it is recorded");
                    }))
                    .hasMessage("while it is recorded");
            assertThat(card.count("graphs")).isZero();
            assertThat(x.toArray()).containsOnly(1f);
            fused.repeat("failing", () -> kernels.fill(x, 3));
            assertThat(card.count("replays") - before).isEqualTo(1);
            assertThat(x.toArray()).containsOnly(3f);
        }
    }

    @Test
    void a_recorded_step_is_repeated_until_matrices_move() {
        try (Matrix x = kernels.allocate(1, 4)) {
            long before = card.count("replays");
            for (int i = 0; i < 4; i++) {
                fused.repeat("more", () -> {
                    kernels.scale(x, 2);
                    kernels.add(x, x);
                });
                kernels.fill(x, i + 1);
            }
            assertThat(card.count("replays") - before).isEqualTo(3);
            fused.repeat("more", () -> {
                throw new AssertionError("recorded before");
            });
            assertThat(x.toArray()).containsOnly(16f);
            try (Matrix y = kernels.allocate(1, 4)) {
                fused.repeat("more", () -> kernels.copy(x, y));
                assertThat(y.toArray()).containsOnly(16f);
            }
            assertThat(card.count("graphs")).as("graphs not freed").isZero();
        }
    }
}
