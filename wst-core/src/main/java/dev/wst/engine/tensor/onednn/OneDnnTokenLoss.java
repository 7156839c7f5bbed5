package dev.wst.engine.tensor.onednn;

import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.host.RowPool;
import java.util.function.BiConsumer;

/**
 * Log-probability and entropy of sampled tokens, and the slope back to the logits: oneDNN's softmax, a few rows at a time so that they
 * stay in the cache, and the sums in Java. Letters: M rows, V tokens of the vocabulary.
 */
final class OneDnnTokenLoss implements AutoCloseable {
    /** Numbers of a few rows. */
    private static final int TOGETHER = 1 << 20;
    /** Sums that a row is folded into; the compiler adds several of them at once. */
    private static final int LANES = 256;

    private final BiConsumer<Matrix, Matrix> softmax;
    private final RowPool pool;
    private final OneDnnRoom room = new OneDnnRoom();

    /** @param softmax of each row of the first into the second */
    OneDnnTokenLoss(BiConsumer<Matrix, Matrix> softmax, RowPool pool) {
        this.softmax = softmax;
        this.pool = pool;
    }

    private interface Rows {
        /**
         * Works on one row.
         *
         * @param z its logits, [V]
         * @param p their probabilities, [V]
         */
        void work(int row, float[] z, float[] p);
    }

    void scores(Matrix logits, int[] targets, double[] logSumExp, double[] logProbability, double[] entropy) {
        forEach(logits, (r, z, p) -> {
            // The likeliest token has z = max and p = exp(max - lse), which is never too small for a float.
            double lse = max(z) - Math.log(max(p));
            logSumExp[r] = lse;
            logProbability[r] = z[targets[r]] - lse;
            // H = -sum p (z - lse)
            entropy[r] = -dotShifted(p, z, (float) lse);
        });
    }

    void back(
            Matrix logits,
            int[] targets,
            double[] logSumExp,
            double[] entropy,
            double[] logProbabilitySlope,
            double[] entropySlope) {
        forEach(logits, (r, z, p) -> {
            float lse = (float) logSumExp[r];
            float a = (float) logProbabilitySlope[r];
            float b = (float) entropySlope[r];
            float h = (float) entropy[r];
            for (int i = 0; i < z.length; i++) {
                z[i] = -p[i] * (a + b * (z[i] - lse + h));
            }
            z[targets[r]] += a;
            logits.writeRow(r, z, 0);
        });
    }

    private void forEach(Matrix logits, Rows work) {
        int v = logits.columns();
        int together = Math.max(1, TOGETHER / v);
        for (int first = 0; first < logits.rows(); first += together) {
            int start = first;
            Matrix some = logits.rows(start, Math.min(together, logits.rows() - start));
            Matrix probabilities = room.matrix(some.rows(), v);
            softmax.accept(some, probabilities);
            pool.forEach(some.rows(), 8L * v, (from, to) -> {
                float[] z = new float[v];
                float[] p = new float[v];
                for (int r = from; r < to; r++) {
                    some.readRow(r, z, 0);
                    probabilities.readRow(r, p, 0);
                    work.work(start + r, z, p);
                }
            });
        }
    }

    private static float max(float[] numbers) {
        float max = numbers[0];
        for (float value : numbers) {
            max = Math.max(max, value);
        }
        return max;
    }

    /** {@code sum p (z - shift)}. */
    private static double dotShifted(float[] p, float[] z, float shift) {
        float[] lanes = new float[LANES];
        int whole = p.length - p.length % LANES;
        for (int from = 0; from < whole; from += LANES) {
            addShifted(p, z, from, shift, lanes);
        }
        double sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        for (int i = whole; i < p.length; i++) {
            sum += (double) p[i] * (z[i] - shift);
        }
        return sum;
    }

    /** A loop of its own, which the compiler turns into vector instructions. */
    private static void addShifted(float[] p, float[] z, int from, float shift, float[] lanes) {
        for (int i = 0; i < LANES; i++) {
            lanes[i] += p[from + i] * (z[from + i] - shift);
        }
    }

    @Override
    public void close() {
        room.close();
    }
}
