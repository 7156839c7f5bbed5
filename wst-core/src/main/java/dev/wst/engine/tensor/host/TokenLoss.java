package dev.wst.engine.tensor.host;

import dev.wst.engine.tensor.Matrix;

/**
 * Log-probability and entropy of sampled tokens, and the slope back to the logits, row by row on the heap. Only {@code
 * exp} is costly here; it is computed by {@link FastExp}.
 */
public final class TokenLoss {
    private TokenLoss() {}

    static void scores(
            RowPool pool, Matrix logits, int[] targets, double[] logSumExp, double[] logProbability, double[] entropy) {
        int v = logits.columns();
        pool.forEach(logits.rows(), 8L * v, (from, to) -> {
            float[] z = new float[v];
            float[] e = new float[v];
            for (int r = from; r < to; r++) {
                logits.readRow(r, z, 0);
                float max = RowSums.max(z);
                FastExp.ofShifted(z, max, e);
                double sum = RowSums.sum(e);
                double mean = RowSums.dotShifted(e, z, max) / sum;
                double lse = max + Math.log(sum);
                logSumExp[r] = lse;
                logProbability[r] = z[targets[r]] - lse;
                // H = lse - sum p z, with z counted from its maximum
                entropy[r] = Math.log(sum) - mean;
            }
        });
    }

    static void back(
            RowPool pool,
            Matrix logits,
            int[] targets,
            double[] logSumExp,
            double[] entropy,
            double[] logProbabilitySlope,
            double[] entropySlope) {
        int v = logits.columns();
        pool.forEach(logits.rows(), 8L * v, (from, to) -> {
            float[] z = new float[v];
            float[] p = new float[v];
            for (int r = from; r < to; r++) {
                logits.readRow(r, z, 0);
                float lse = (float) logSumExp[r];
                FastExp.ofShifted(z, lse, p);
                slope(z, p, targets[r], lse, (float) entropy[r], (float) logProbabilitySlope[r], (float)
                        entropySlope[r]);
                logits.writeRow(r, z, 0);
            }
        });
    }

    /**
     * The slope of a row's logits, in their place: {@code dz = a (1[target] - p) - b p (log p + H)}.
     *
     * @param z logits [V]
     * @param p their probabilities [V], which underflow to zero long before log p loses its meaning
     * @param a slope of the target's log-probability
     * @param b slope of the entropy H
     */
    public static void slope(float[] z, float[] p, int target, float logSumExp, float entropy, float a, float b) {
        for (int i = 0; i < z.length; i++) {
            z[i] = -p[i] * (a + b * (z[i] - logSumExp + entropy));
        }
        z[target] += a;
    }
}
