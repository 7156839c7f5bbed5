package dev.wst.engine.tensor.onednn;

import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.host.RowPool;
import dev.wst.engine.tensor.host.RowSums;
import dev.wst.engine.tensor.host.TokenLoss;
import java.util.function.BiConsumer;

/**
 * Log-probability and entropy of sampled tokens, and the slope back to the logits: oneDNN's softmax, a few rows at a time so that they
 * stay in the cache, and the sums in Java. Letters: M rows, V tokens of the vocabulary.
 */
final class OneDnnTokenLoss implements AutoCloseable {
    /** Numbers of a few rows. */
    private static final int TOGETHER = 1 << 20;

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
            double lse = RowSums.max(z) - Math.log(RowSums.max(p));
            logSumExp[r] = lse;
            logProbability[r] = z[targets[r]] - lse;
            // H = -sum p (z - lse)
            entropy[r] = -RowSums.dotShifted(p, z, (float) lse);
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
            TokenLoss.slope(
                    z, p, targets[r], (float) logSumExp[r], (float) entropy[r], (float) logProbabilitySlope[r], (float)
                            entropySlope[r]);
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

    @Override
    public void close() {
        room.close();
    }
}
