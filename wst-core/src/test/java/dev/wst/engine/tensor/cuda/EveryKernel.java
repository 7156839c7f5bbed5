package dev.wst.engine.tensor.cuda;

import dev.wst.engine.tensor.AdamWStep;
import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.FusedKernels;
import dev.wst.engine.tensor.FusedKernels.AdapterPart;
import dev.wst.engine.tensor.FusedKernels.DrawRule;
import dev.wst.engine.tensor.FusedKernels.Slots;
import dev.wst.engine.tensor.HeadShape;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Operations of the kernels with sizes that fit no tile, warp or block, and what they give; matrices are not freed. */
final class EveryKernel {
    private static final int ROWS = 37;
    private static final int COLUMNS = 261;

    private final Kernels kernels;
    private final FusedKernels fused;
    private final List<float[]> results = new ArrayList<>();

    EveryKernel(Kernels kernels) {
        this.kernels = kernels;
        this.fused = kernels.fused().orElseThrow();
    }

    /** Runs them all. */
    List<float[]> results() {
        results.clear();
        elements();
        rows();
        products();
        loss();
        for (HeadShape heads :
                List.of(new HeadShape(6, 2, 20, 0.3f), new HeadShape(7, 1, 64, 0.1f), new HeadShape(2, 2, 96, 0.1f))) {
            attention(heads);
            cachedAttention(heads);
        }
        adapters();
        draws();
        return results;
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

    /** The last columns of a wider matrix. */
    private Matrix strided(long seed, int rows, int columns) {
        return random(seed, rows, columns + 3).columns(3, columns);
    }

    private void keep(Matrix... matrices) {
        for (Matrix matrix : matrices) {
            results.add(matrix.toArray());
        }
    }

    private void elements() {
        Matrix x = strided(1, ROWS, COLUMNS);
        Matrix y = random(2, ROWS, COLUMNS);
        Matrix z = strided(3, ROWS, COLUMNS);
        Matrix gain = random(4, 1, COLUMNS);
        Matrix dGain = random(5, 1, COLUMNS);
        kernels.rmsNorm(x, gain, 1e-5f, z);
        keep(z);
        kernels.rmsNormBack(x, gain, 1e-5f, y, z, dGain);
        keep(z, dGain);
        kernels.rmsNormBack(x, gain, 1e-5f, y, z, null);
        kernels.swiGlu(x, y, z);
        keep(z);
        Matrix dGate = random(6, ROWS, COLUMNS);
        Matrix dUp = random(7, ROWS, COLUMNS);
        kernels.swiGluBack(x, y, z, dGate, dUp);
        keep(dGate, dUp);
        kernels.softmax(x, z);
        keep(z);
        kernels.softmaxBack(z, y, z);
        kernels.scale(z, 3);
        kernels.add(x, z);
        kernels.addRow(gain, z);
        kernels.sumRows(z, dGain);
        keep(z, dGain);
        kernels.fill(z, 2);
        kernels.copy(y.rows(1, 3), z.rows(0, 3));
        keep(z);
        results.add(new float[] {(float) kernels.sumOfSquares(x)});
        Matrix weight = random(8, 3, COLUMNS);
        Matrix m = random(9, 3, COLUMNS);
        Matrix v = kernels.allocate(3, COLUMNS);
        kernels.adamW(weight, random(10, 3, COLUMNS), m, v, new AdamWStep(0.1, 0.9, 0.99, 1e-8, 0.05, 2, 0.5));
        keep(weight, m, v);
    }

    private void rows() {
        Matrix x = strided(11, ROWS, COLUMNS);
        Matrix y = strided(12, ROWS, COLUMNS);
        try (Index index = kernels.index(IntStream.range(0, ROWS)
                        .map(i -> i % 5 == 2 ? -1 : (i * 7) % ROWS)
                        .toArray());
                Index positions =
                        kernels.index(IntStream.range(0, ROWS).map(i -> i % 9).toArray())) {
            kernels.gatherRows(x, index, y);
            keep(y);
            kernels.placeRows(x, index, y);
            kernels.scatterAddRows(x, index, y);
            kernels.rope(y.columns(0, 60), 3, random(13, 9, 20), positions, true);
            keep(y);
        }
        Block from =
                new Block(x, 0, new int[] {1, 2, 2, 3, 5}, new long[] {0, 9L * x.rowStride(), 0, x.rowStride(), 1});
        Matrix dense = kernels.allocate(1, 60);
        kernels.copy(from.transposed(), new Block(dense, 0, new int[] {1, 2, 2, 5, 3}, new long[] {0, 30, 15, 3, 1}));
        keep(dense);
    }

    private void products() {
        Matrix x = strided(14, ROWS, 67);
        Matrix w = random(15, 35, 67);
        Matrix y = strided(16, ROWS, 35);
        try (Weight weight = kernels.weight(w)) {
            kernels.linear(x, weight, y, true);
            kernels.linearBack(y, weight, x, false);
            weight.refresh();
        }
        keep(x, y);
        Matrix c = kernels.allocate(1, 2 * 3 * 33 * 34);
        Block left = new Block(
                random(17, 6 * 33, 41), 0, new int[] {1, 2, 3, 33, 41}, new long[] {0, 3 * 33 * 41, 33 * 41, 41, 1});
        Block right =
                new Block(random(18, 3 * 34, 41), 0, new int[] {1, 1, 3, 34, 41}, new long[] {0, 0, 34 * 41, 41, 1});
        Block target = new Block(c, 0, new int[] {1, 2, 3, 33, 34}, new long[] {0, 3 * 33 * 34, 33 * 34, 34, 1});
        kernels.matmul(left, right.transposed(), target, 0.5f, true);
        keep(c);
        Matrix mask = random(19, 33, 34);
        kernels.maskedMatmul(
                left, right.transposed(), target, 0.5f, new Block(mask, 0, new int[] {1, 1, 1, 33, 34}, new long[] {
                    0, 0, 0, 34, 1
                }));
        keep(c);
        Matrix single = kernels.allocate(35, 35);
        kernels.matmul(Block.of(w), Block.of(w).transposed(), Block.of(single), 1, false);
        keep(single);
    }

    private void loss() {
        Matrix logits = strided(20, ROWS, 1031);
        double[] sums = new double[ROWS];
        double[] logs = new double[ROWS];
        double[] entropies = new double[ROWS];
        try (Index targets =
                kernels.index(IntStream.range(0, ROWS).map(i -> i * 27).toArray())) {
            kernels.tokenScores(logits, targets, sums, logs, entropies);
            kernels.tokenScoresBack(logits, targets, sums, entropies, logs, sums);
        }
        for (double[] numbers : List.of(sums, logs, entropies)) {
            float[] rounded = new float[ROWS];
            for (int i = 0; i < ROWS; i++) {
                rounded[i] = (float) numbers[i];
            }
            results.add(rounded);
        }
        keep(logits);
    }

    /** A prompt of 19 rows and texts of 1 and 17 rows after it. */
    private void attention(HeadShape heads) {
        int[][] texts = {{0, 19, 0, 0, ROWS}, {19, 20, 0, 19, 20}, {20, ROWS, 0, 19, ROWS}};
        IntStream.Builder queries = IntStream.builder();
        IntStream.Builder keys = IntStream.builder();
        for (int[] text : texts) {
            for (int row = text[0]; row < text[1]; row += fused.rowsOfTile(heads)) {
                int count = Math.min(fused.rowsOfTile(heads), text[1] - row);
                IntStream.of(row, count, text[2], text[3], text[0]).forEach(queries);
            }
            for (int row = text[0]; row < text[1]; row += fused.keysOfTile(heads)) {
                IntStream.of(row, Math.min(fused.keysOfTile(heads), text[1] - row), text[4])
                        .forEach(keys);
            }
        }
        Matrix projected = random(21, ROWS, heads.projected());
        Matrix context = kernels.allocate(ROWS, heads.queries() * heads.width());
        Matrix logSumExp = kernels.allocate(ROWS, heads.queries());
        Matrix delta = kernels.allocate(ROWS, heads.queries());
        Matrix dProjected = kernels.allocate(ROWS, heads.projected());
        try (Index tiles = kernels.index(queries.build().toArray());
                Index keyTiles = kernels.index(keys.build().toArray())) {
            fused.attend(projected, heads, tiles, context, logSumExp);
            Matrix dContext = random(22, ROWS, heads.queries() * heads.width());
            fused.attendBack(projected, heads, tiles, keyTiles, context, dContext, logSumExp, delta, dProjected);
        }
        keep(context, logSumExp, dProjected);
    }

    private void cachedAttention(HeadShape heads) {
        Matrix projected = random(23, 3, heads.projected());
        Matrix cache = random(24, 3 * 40, heads.cached());
        Matrix context = kernels.allocate(3, heads.queries() * heads.width());
        try (Slots places = fused.slots(9);
                Slots written = fused.slots(1)) {
            places.write(new int[] {0, 33, 80, 4, 1, 0, 33, 4, 40});
            written.write(new int[] {39});
            fused.appendToCache(projected, heads, places, written, random(25, 73, heads.width()), cache);
            fused.attendCached(projected, heads, places, written, random(26, 37, heads.cached()), cache, context);
            fused.advance(written);
        }
        keep(projected, cache, context);
    }

    private void adapters() {
        Matrix y = strided(30, 5, 61);
        fused.adapt(
                strided(31, 5, 43),
                random(32, 9, 43),
                0.5f,
                List.of(
                        new AdapterPart(random(33, 30, 3), 0),
                        new AdapterPart(random(34, 11, 3), 30),
                        new AdapterPart(random(35, 20, 3), 41)),
                y);
        Matrix one = strided(36, 3, 17);
        fused.adapt(random(37, 3, 70), random(38, 4, 70), 2, List.of(new AdapterPart(random(39, 17, 4), 0)), one);
        keep(y, one);
    }

    private void draws() {
        Matrix logits = strided(27, 3, 777);
        kernels.scale(logits, 5);
        try (Slots seeds = fused.slots(6);
                Slots written = fused.slots(1);
                Slots tokens = fused.slots(3);
                Slots logProbabilities = fused.slots(3)) {
            seeds.write(new int[] {1, 2, 3, 4, 5, 6});
            for (DrawRule rule : List.of(
                    new DrawRule(true, 0, 1, 0), new DrawRule(false, 0, 1, 0), new DrawRule(false, 50, 0.9f, 0.01f))) {
                fused.draw(logits, rule, seeds, written, tokens, logProbabilities);
                for (Slots slots : List.of(tokens, logProbabilities)) {
                    int[] drawn = new int[3];
                    slots.read(drawn);
                    float[] numbers = new float[3];
                    for (int i = 0; i < 3; i++) {
                        numbers[i] = drawn[i];
                    }
                    results.add(numbers);
                }
            }
        }
    }
}
