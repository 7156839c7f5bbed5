package dev.wst.engine.tensor.host;

import dev.wst.engine.tensor.Matrix;
import org.jspecify.annotations.Nullable;

/** RMS norm, rotary embedding, softmax and SwiGLU, forward and backward, as Java loops over copies of rows on the heap. */
final class HostActivations {
    private final RowPool pool;

    HostActivations(RowPool pool) {
        this.pool = pool;
    }

    void rmsNorm(Matrix x, Matrix gain, float epsilon, Matrix y) {
        int k = x.columns();
        float[] g = gain.toArray();
        pool.forEach(x.rows(), k, (from, to) -> {
            float[] row = new float[k];
            for (int r = from; r < to; r++) {
                x.readRow(r, row, 0);
                float factor = (float) inverseRoot(row, epsilon);
                for (int i = 0; i < k; i++) {
                    row[i] = row[i] * factor * g[i];
                }
                y.writeRow(r, row, 0);
            }
        });
    }

    private static double inverseRoot(float[] row, float epsilon) {
        return 1 / Math.sqrt(RowSums.dot(row, row) / row.length + epsilon);
    }

    void rmsNormBack(Matrix x, Matrix gain, float epsilon, Matrix dy, Matrix dx, @Nullable Matrix dGain) {
        int k = x.columns();
        float[] g = gain.toArray();
        pool.forEach(x.rows(), 4L * k, (from, to) -> {
            float[] row = new float[k];
            float[] slope = new float[k];
            float[] sum = new float[k];
            for (int r = from; r < to; r++) {
                x.readRow(r, row, 0);
                dy.readRow(r, slope, 0);
                dx.readRow(r, sum, 0);
                for (int i = 0; i < k; i++) {
                    slope[i] *= g[i];
                }
                double factor = inverseRoot(row, epsilon);
                // n = x r, dn = dy g: dx = r (dn - n mean(dn n))
                float shared = (float) (factor * factor * factor * RowSums.dot(slope, row) / k);
                float own = (float) factor;
                for (int i = 0; i < k; i++) {
                    sum[i] += own * slope[i] - shared * row[i];
                }
                dx.writeRow(r, sum, 0);
            }
        });
        if (dGain != null) {
            gainBack(x, epsilon, dy, dGain);
        }
    }

    private static void gainBack(Matrix x, float epsilon, Matrix dy, Matrix dGain) {
        int k = x.columns();
        double[] sum = new double[k];
        float[] row = new float[k];
        float[] slope = new float[k];
        for (int r = 0; r < x.rows(); r++) {
            x.readRow(r, row, 0);
            dy.readRow(r, slope, 0);
            double factor = inverseRoot(row, epsilon);
            for (int i = 0; i < k; i++) {
                sum[i] += slope[i] * factor * row[i];
            }
        }
        HostRows.addTo(dGain, sum);
    }

    void swiGlu(Matrix gate, Matrix up, Matrix out) {
        int n = gate.columns();
        pool.forEach(gate.rows(), 20L * n, (from, to) -> {
            float[] g = new float[n];
            float[] u = new float[n];
            for (int r = from; r < to; r++) {
                gate.readRow(r, g, 0);
                up.readRow(r, u, 0);
                for (int i = 0; i < n; i++) {
                    u[i] *= (float) (g[i] / (1 + Math.exp(-g[i])));
                }
                out.writeRow(r, u, 0);
            }
        });
    }

    void swiGluBack(Matrix gate, Matrix up, Matrix dOut, Matrix dGate, Matrix dUp) {
        int n = gate.columns();
        pool.forEach(gate.rows(), 20L * n, (from, to) -> {
            float[] g = new float[n];
            float[] u = new float[n];
            float[] d = new float[n];
            for (int r = from; r < to; r++) {
                gate.readRow(r, g, 0);
                up.readRow(r, u, 0);
                dOut.readRow(r, d, 0);
                for (int i = 0; i < n; i++) {
                    double s = 1 / (1 + Math.exp(-g[i]));
                    double dGateHere = d[i] * u[i] * s * (1 + g[i] * (1 - s));
                    u[i] = (float) (d[i] * g[i] * s);
                    g[i] = (float) dGateHere;
                }
                dGate.writeRow(r, g, 0);
                dUp.writeRow(r, u, 0);
            }
        });
    }

    void softmax(Matrix x, Matrix y) {
        int n = x.columns();
        pool.forEach(x.rows(), 10L * n, (from, to) -> {
            float[] row = new float[n];
            for (int r = from; r < to; r++) {
                x.readRow(r, row, 0);
                float max = Float.NEGATIVE_INFINITY;
                for (float value : row) {
                    max = Math.max(max, value);
                }
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    double e = Math.exp(row[i] - max);
                    row[i] = (float) e;
                    sum += e;
                }
                float factor = (float) (1 / sum);
                for (int i = 0; i < n; i++) {
                    row[i] *= factor;
                }
                y.writeRow(r, row, 0);
            }
        });
    }

    void softmaxBack(Matrix p, Matrix dp, Matrix dx) {
        int n = p.columns();
        pool.forEach(p.rows(), 3L * n, (from, to) -> {
            float[] row = new float[n];
            float[] slope = new float[n];
            for (int r = from; r < to; r++) {
                p.readRow(r, row, 0);
                dp.readRow(r, slope, 0);
                double dot = 0;
                for (int i = 0; i < n; i++) {
                    dot += (double) row[i] * slope[i];
                }
                float shared = (float) dot;
                for (int i = 0; i < n; i++) {
                    row[i] *= slope[i] - shared;
                }
                dx.writeRow(r, row, 0);
            }
        });
    }

    void rope(Matrix x, int heads, Matrix cosSin, int[] positions, boolean inverse) {
        int width = x.columns() / heads;
        int half = width / 2;
        pool.forEach(x.rows(), 2L * x.columns(), (from, to) -> {
            float[] row = new float[x.columns()];
            float[] turn = new float[width];
            for (int r = from; r < to; r++) {
                x.readRow(r, row, 0);
                cosSin.readRow(positions[r], turn, 0);
                if (inverse) {
                    for (int i = half; i < width; i++) {
                        turn[i] = -turn[i];
                    }
                }
                for (int base = 0; base < row.length; base += width) {
                    for (int i = 0; i < half; i++) {
                        float a = row[base + i];
                        float b = row[base + half + i];
                        row[base + i] = a * turn[i] - b * turn[half + i];
                        row[base + half + i] = b * turn[i] + a * turn[half + i];
                    }
                }
                x.writeRow(r, row, 0);
            }
        });
    }
}
