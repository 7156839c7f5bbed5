package dev.wst.examples.device;

import dev.wst.engine.tensor.AdamWStep;
import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Every kernel with numbers of its own, at sizes that a model has, views with gaps among them. */
final class KernelCases {
    private static final int ROWS = 70;
    private static final int COLUMNS = 576;

    /** Of operations whose sums are short. */
    private static final double TOLERANCE = 1e-4;

    /**
     * An operation.
     *
     * @param tolerance of its numbers
     */
    record Case(double tolerance, Function<Kernels, float[]> run) {}

    private KernelCases() {}

    /** By name, what each gives on some kernels. */
    static Map<String, Case> all() {
        Map<String, Function<Kernels, float[]>> cases = new LinkedHashMap<>();
        Map<String, Case> all = new LinkedHashMap<>();
        for (int[] size :
                new int[][] {{1, 576, 1536}, {64, 576, 960}, {64, 1536, 576}, {40, 576, 49152}, {7, 33, 65}}) {
            String shape = size[0] + " x " + size[1] + " x " + size[2];
            all.put("linear " + shape, product(size[1], kernels -> linear(kernels, size[0], size[1], size[2])));
            all.put("linearBack " + shape, product(size[2], kernels -> linearBack(kernels, size[0], size[1], size[2])));
        }
        cases.put("matmul of a batch", KernelCases::batch);
        cases.put("matmul, left turned", kernels -> {
            Matrix c = random(kernels, 3, 40, 576);
            kernels.matmul(
                    Block.of(random(kernels, 1, 300, 40)).transposed(),
                    Block.of(random(kernels, 2, 300, 576)),
                    Block.of(c),
                    0.5f,
                    true);
            return c.toArray();
        });
        cases.put("rmsNorm", kernels -> {
            Matrix y = strided(kernels, 3);
            kernels.rmsNorm(strided(kernels, 1), random(kernels, 2, 1, COLUMNS), 1e-5f, y);
            return y.toArray();
        });
        cases.put("rmsNormBack", kernels -> {
            Matrix dx = strided(kernels, 4);
            Matrix dGain = random(kernels, 5, 1, COLUMNS);
            kernels.rmsNormBack(
                    strided(kernels, 1), random(kernels, 2, 1, COLUMNS), 1e-5f, strided(kernels, 3), dx, dGain);
            return joined(dx, dGain);
        });
        cases.put("swiGlu", kernels -> {
            Matrix y = strided(kernels, 3);
            kernels.swiGlu(strided(kernels, 1), strided(kernels, 2), y);
            return y.toArray();
        });
        cases.put("swiGluBack", kernels -> {
            Matrix dGate = strided(kernels, 4);
            Matrix dUp = strided(kernels, 5);
            kernels.swiGluBack(strided(kernels, 1), strided(kernels, 2), strided(kernels, 3), dGate, dUp);
            return joined(dGate, dUp);
        });
        cases.put("softmax", kernels -> {
            Matrix y = strided(kernels, 2);
            kernels.softmax(strided(kernels, 1), y);
            return y.toArray();
        });
        cases.put("softmaxBack", kernels -> {
            Matrix dx = strided(kernels, 3);
            kernels.softmaxBack(strided(kernels, 1), strided(kernels, 2), dx);
            return dx.toArray();
        });
        cases.put("rope", kernels -> {
            Matrix x = strided(kernels, 1);
            try (Index positions = kernels.index(numbers(ROWS, 50))) {
                kernels.rope(x, 9, random(kernels, 2, 50, 64), positions, true);
            }
            return x.toArray();
        });
        rows(cases);
        lossAndOptimiser(cases);
        cases.forEach((name, run) -> all.put(name, new Case(TOLERANCE, run)));
        return all;
    }

    /** Adding up as many products of numbers below one in FP32, in any order. */
    private static Case product(int terms, Function<Kernels, float[]> run) {
        return new Case(2e-5 + 2e-7 * terms, run);
    }

    private static void rows(Map<String, Function<Kernels, float[]>> cases) {
        cases.put("gatherRows", kernels -> {
            Matrix y = strided(kernels, 2);
            try (Index index = kernels.index(numbers(ROWS, ROWS))) {
                kernels.gatherRows(strided(kernels, 1), index, y);
            }
            return y.toArray();
        });
        cases.put("scatterAddRows", kernels -> {
            Matrix y = strided(kernels, 2);
            try (Index index = kernels.index(numbers(ROWS, 5))) {
                kernels.scatterAddRows(strided(kernels, 1), index, y);
            }
            return y.toArray();
        });
        cases.put("placeRows", kernels -> {
            Matrix y = random(kernels, 2, 2 * ROWS, COLUMNS);
            int[] places = new int[ROWS];
            for (int i = 0; i < ROWS; i++) {
                places[i] = i % 7 == 3 ? -1 : 2 * i + 1;
            }
            try (Index index = kernels.index(places)) {
                kernels.placeRows(strided(kernels, 1), index, y);
            }
            return y.toArray();
        });
        cases.put("add, addRow, scale, copy", kernels -> {
            Matrix y = strided(kernels, 2);
            kernels.add(strided(kernels, 1), y);
            kernels.addRow(random(kernels, 3, 1, COLUMNS), y);
            kernels.scale(y, 0.7f);
            Matrix z = random(kernels, 4, ROWS, COLUMNS);
            kernels.copy(y, z);
            return z.toArray();
        });
        cases.put("sumRows", kernels -> {
            Matrix row = random(kernels, 2, 1, COLUMNS);
            kernels.sumRows(strided(kernels, 1), row);
            return row.toArray();
        });
    }

    private static void lossAndOptimiser(Map<String, Function<Kernels, float[]>> cases) {
        cases.put("tokenScores and back", kernels -> {
            int rows = 20;
            Matrix logits = random(kernels, 1, rows, 49152);
            kernels.scale(logits, 8);
            double[] sums = new double[rows];
            double[] logs = new double[rows];
            double[] entropies = new double[rows];
            double[] slopes = new double[rows];
            for (int i = 0; i < rows; i++) {
                slopes[i] = 0.3 * i - 2;
            }
            try (Index targets = kernels.index(numbers(rows, 49000))) {
                kernels.tokenScores(logits, targets, sums, logs, entropies);
                kernels.tokenScoresBack(logits, targets, sums, entropies, slopes, slopes);
            }
            float[] slopesOfLogits = logits.toArray();
            float[] all = new float[slopesOfLogits.length + 2 * rows];
            System.arraycopy(slopesOfLogits, 0, all, 0, slopesOfLogits.length);
            for (int i = 0; i < rows; i++) {
                all[slopesOfLogits.length + i] = (float) logs[i];
                all[slopesOfLogits.length + rows + i] = (float) entropies[i];
            }
            return all;
        });
        cases.put("sumOfSquares", kernels -> new float[] {(float) kernels.sumOfSquares(strided(kernels, 1)) / 1000});
        cases.put("adamW", kernels -> {
            Matrix weight = strided(kernels, 1);
            Matrix first = random(kernels, 3, ROWS, COLUMNS);
            Matrix second = random(kernels, 4, ROWS, COLUMNS);
            kernels.fill(second, 0.01f);
            kernels.adamW(
                    weight, strided(kernels, 2), first, second, new AdamWStep(0.01, 0.9, 0.99, 1e-8, 0.05, 3, 0.5));
            return joined(weight, first);
        });
    }

    private static float[] linear(Kernels kernels, int m, int k, int n) {
        Matrix y = random(kernels, 3, m, n);
        try (Weight weight = kernels.weight(random(kernels, 2, n, k))) {
            kernels.linear(random(kernels, 1, m, k), weight, y, true);
        }
        return y.toArray();
    }

    private static float[] linearBack(Kernels kernels, int m, int k, int n) {
        Matrix dx = random(kernels, 3, m, k);
        try (Weight weight = kernels.weight(random(kernels, 2, n, k))) {
            kernels.linearBack(random(kernels, 1, m, n), weight, dx, false);
        }
        return dx.toArray();
    }

    /** Scores of 2 x 3 heads on 50 keys, those of the second batch dimension shared, with a mask. */
    private static float[] batch(Kernels kernels) {
        Matrix c = random(kernels, 3, 6 * 40, 50);
        Block queries = new Block(
                random(kernels, 1, 6 * 40, 64), 0, new int[] {1, 2, 3, 40, 64}, new long[] {0, 7680, 2560, 64, 1});
        Block keys = new Block(
                random(kernels, 2, 3 * 50, 64), 0, new int[] {1, 1, 3, 50, 64}, new long[] {0, 0, 3200, 64, 1});
        Block target = new Block(c, 0, new int[] {1, 2, 3, 40, 50}, new long[] {0, 6000, 2000, 50, 1});
        kernels.maskedMatmul(queries, keys.transposed(), target, 0.125f, Block.of(random(kernels, 4, 40, 50)));
        return c.toArray();
    }

    private static Matrix random(Kernels kernels, long seed, int rows, int columns) {
        Matrix m = kernels.allocate(rows, columns);
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        m.write(values);
        return m;
    }

    private static Matrix strided(Kernels kernels, long seed) {
        return random(kernels, seed, ROWS, COLUMNS + 5).columns(3, COLUMNS);
    }

    private static int[] numbers(int count, int below) {
        SplittableRandom random = new SplittableRandom(9);
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextInt(below);
        }
        return numbers;
    }

    private static float[] joined(Matrix a, Matrix b) {
        float[] first = a.toArray();
        float[] second = b.toArray();
        float[] all = new float[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
