package dev.wst.engine.tensor.host;

import dev.wst.engine.tensor.Matrix;

/**
 * Log-probability and entropy of sampled tokens, and the slope back to the logits, row by row on the heap. Only {@code
 * exp} is costly here; it is computed by {@link FastExp}.
 */
final class TokenLoss {
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
                double sum = sum(e);
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
                float a = (float) logProbabilitySlope[r];
                float b = (float) entropySlope[r];
                float h = (float) entropy[r];
                for (int i = 0; i < v; i++) {
                    // p underflows to zero long before log p loses its meaning
                    z[i] = -p[i] * (a + b * (z[i] - lse + h));
                }
                z[targets[r]] += a;
                logits.writeRow(r, z, 0);
            }
        });
    }

    private static double sum(float[] e) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < e.length; i += 4) {
            a += e[i];
            b += e[i + 1];
            c += e[i + 2];
            d += e[i + 3];
        }
        for (; i < e.length; i++) {
            a += e[i];
        }
        return (a + b) + (c + d);
    }
}
