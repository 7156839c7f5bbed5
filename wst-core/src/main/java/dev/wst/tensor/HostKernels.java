package dev.wst.tensor;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Java loops over copies of rows on the heap, matrix products of weights through ND4J. Works wherever ND4J's CPU backend
 * does; the loops also serve {@link OneDnnKernels} where oneDNN has no primitive.
 */
final class HostKernels implements Kernels {
    private final RowPool pool;

    HostKernels(RowPool pool) {
        this.pool = pool;
    }

    @Override
    public String description() {
        return "host (Java loops and ND4J's matrix product)";
    }

    @Override
    public Matrix allocate(int rows, int columns) {
        return Matrix.zeros(rows, columns);
    }

    @Override
    public Weight weight(Matrix weight) {
        return new PlainWeight(weight);
    }

    @Override
    public void linear(Matrix x, Weight w, Matrix y, boolean accumulate) {
        gemm(x, PlainWeight.of(w).matrix(), true, y, accumulate);
    }

    @Override
    public void linearBack(Matrix dy, Weight w, Matrix dx, boolean accumulate) {
        gemm(dy, PlainWeight.of(w).matrix(), false, dx, accumulate);
    }

    private static void gemm(Matrix a, Matrix b, boolean transposeB, Matrix c, boolean accumulate) {
        if (a.isDense() && b.isDense() && c.isDense()) {
            Nd4j.gemm(view(a), view(b), view(c), false, transposeB, 1, accumulate ? 1 : 0);
            return;
        }
        float[] dense = new float[a.rows() * a.columns()];
        a.read(dense);
        try (INDArray left = Nd4j.createFromArray(dense).reshape(a.rows(), a.columns());
                INDArray right = Nd4j.createFromArray(b.toArray()).reshape(b.rows(), b.columns());
                INDArray result = Nd4j.createFromArray(c.toArray()).reshape(c.rows(), c.columns())) {
            Nd4j.gemm(left, right, result, false, transposeB, 1, accumulate ? 1 : 0);
            c.write(result.data().asFloat());
        }
    }

    private static INDArray view(Matrix m) {
        return Nd4j.create(
                m.array().data(), new long[] {m.rows(), m.columns()}, new long[] {m.columns(), 1}, m.offset(), 'c');
    }

    @Override
    public void matmul(Block a, Block b, Block c, float alpha, boolean accumulate, @Nullable Block addend) {
        int[] n = c.sizes();
        int batch = n[0] * n[1] * n[2];
        long cost = (long) n[3] * n[4] * a.sizes()[4];
        pool.forEach(batch, cost, (from, to) -> {
            for (int i = from; i < to; i++) {
                int i0 = i / (n[1] * n[2]);
                int i1 = i / n[2] % n[1];
                int i2 = i % n[2];
                product(a, b, c, alpha, accumulate, addend, i0, i1, i2);
            }
        });
    }

    private static void product(
            Block a,
            Block b,
            Block c,
            float alpha,
            boolean accumulate,
            @Nullable Block addend,
            int i0,
            int i1,
            int i2) {
        int m = c.sizes()[3];
        int n = c.sizes()[4];
        int k = a.sizes()[4];
        float[] right = Blocks.read(b, i0, i1, i2);
        float[] left = Blocks.read(a, i0, i1, i2);
        float[] added = addend == null ? null : Blocks.read(addend, i0, i1, i2);
        float[] old = accumulate ? Blocks.read(c, i0, i1, i2) : null;
        float[] result = new float[m * n];
        double[] row = new double[n];
        for (int i = 0; i < m; i++) {
            Arrays.fill(row, 0);
            for (int p = 0; p < k; p++) {
                double factor = left[i * k + p];
                int base = p * n;
                for (int j = 0; j < n; j++) {
                    row[j] += factor * right[base + j];
                }
            }
            for (int j = 0; j < n; j++) {
                double sum = alpha * row[j];
                if (added != null) {
                    sum += added[i * n + j];
                }
                if (old != null) {
                    sum += old[i * n + j];
                }
                result[i * n + j] = (float) sum;
            }
        }
        Blocks.write(c, i0, i1, i2, result);
    }

    @Override
    public void rmsNorm(Matrix x, Matrix gain, float epsilon, Matrix y) {
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
        double sum = 0;
        for (float value : row) {
            sum += (double) value * value;
        }
        return 1 / Math.sqrt(sum / row.length + epsilon);
    }

    @Override
    public void rmsNormBack(Matrix x, Matrix gain, float epsilon, Matrix dy, Matrix dx, @Nullable Matrix dGain) {
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
                double factor = inverseRoot(row, epsilon);
                double dot = 0;
                for (int i = 0; i < k; i++) {
                    dot += (double) slope[i] * g[i] * row[i];
                }
                // n = x r, dn = dy g: dx = r (dn - n mean(dn n))
                double shared = dot * factor * factor / k;
                for (int i = 0; i < k; i++) {
                    sum[i] += (float) (factor * (slope[i] * (double) g[i] - row[i] * shared));
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
        addTo(dGain, sum);
    }

    private static void addTo(Matrix row, double[] sum) {
        float[] total = row.toArray();
        for (int i = 0; i < total.length; i++) {
            total[i] += (float) sum[i];
        }
        row.write(total);
    }

    @Override
    public void swiGlu(Matrix gate, Matrix up, Matrix out) {
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

    @Override
    public void swiGluBack(Matrix gate, Matrix up, Matrix dOut, Matrix dGate, Matrix dUp) {
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

    @Override
    public void softmax(Matrix x, Matrix y) {
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

    @Override
    public void softmaxBack(Matrix p, Matrix dp, Matrix dx) {
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

    @Override
    public void rope(Matrix x, int heads, Matrix cosSin, int[] positions, boolean inverse) {
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

    @Override
    public void gatherRows(Matrix x, int[] index, Matrix y) {
        int k = x.columns();
        FloatBuffer source = x.buffer();
        FloatBuffer target = y.buffer();
        pool.forEach(index.length, k, (from, to) -> {
            float[] zeros = new float[k];
            for (int i = from; i < to; i++) {
                int at = (int) y.offset() + i * y.rowStride();
                if (index[i] < 0) {
                    target.put(at, zeros, 0, k);
                } else {
                    target.put(at, source, (int) x.offset() + index[i] * x.rowStride(), k);
                }
            }
        });
    }

    @Override
    public void scatterAddRows(Matrix x, int[] index, Matrix y) {
        int k = x.columns();
        float[] row = new float[k];
        float[] sum = new float[k];
        for (int i = 0; i < index.length; i++) {
            if (index[i] >= 0) {
                x.readRow(i, row, 0);
                y.readRow(index[i], sum, 0);
                for (int j = 0; j < k; j++) {
                    sum[j] += row[j];
                }
                y.writeRow(index[i], sum, 0);
            }
        }
    }

    @Override
    public void placeRows(Matrix x, int[] index, Matrix y) {
        int k = x.columns();
        FloatBuffer source = x.buffer();
        FloatBuffer target = y.buffer();
        pool.forEach(index.length, k, (from, to) -> {
            for (int i = from; i < to; i++) {
                if (index[i] >= 0) {
                    target.put(
                            (int) y.offset() + index[i] * y.rowStride(),
                            source,
                            (int) x.offset() + i * x.rowStride(),
                            k);
                }
            }
        });
    }

    @Override
    public void add(Matrix x, Matrix y) {
        int k = x.columns();
        pool.forEach(x.rows(), k, (from, to) -> {
            float[] row = new float[k];
            float[] sum = new float[k];
            for (int r = from; r < to; r++) {
                x.readRow(r, row, 0);
                y.readRow(r, sum, 0);
                for (int i = 0; i < k; i++) {
                    sum[i] += row[i];
                }
                y.writeRow(r, sum, 0);
            }
        });
    }

    @Override
    public void addRow(Matrix row, Matrix y) {
        float[] added = row.toArray();
        pool.forEach(y.rows(), added.length, (from, to) -> {
            float[] sum = new float[added.length];
            for (int r = from; r < to; r++) {
                y.readRow(r, sum, 0);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += added[i];
                }
                y.writeRow(r, sum, 0);
            }
        });
    }

    @Override
    public void sumRows(Matrix x, Matrix row) {
        double[] sum = new double[x.columns()];
        float[] each = new float[x.columns()];
        for (int r = 0; r < x.rows(); r++) {
            x.readRow(r, each, 0);
            for (int i = 0; i < each.length; i++) {
                sum[i] += each[i];
            }
        }
        addTo(row, sum);
    }

    @Override
    public void scale(Matrix x, float factor) {
        int k = x.columns();
        pool.forEach(x.rows(), k, (from, to) -> {
            float[] row = new float[k];
            for (int r = from; r < to; r++) {
                x.readRow(r, row, 0);
                for (int i = 0; i < k; i++) {
                    row[i] *= factor;
                }
                x.writeRow(r, row, 0);
            }
        });
    }

    @Override
    public void fill(Matrix x, float value) {
        int k = x.columns();
        pool.forEach(x.rows(), k, (from, to) -> {
            float[] row = new float[k];
            Arrays.fill(row, value);
            for (int r = from; r < to; r++) {
                x.writeRow(r, row, 0);
            }
        });
    }

    @Override
    public void copy(Matrix x, Matrix y) {
        FloatBuffer source = x.buffer();
        FloatBuffer target = y.buffer();
        pool.forEach(x.rows(), x.columns(), (from, to) -> {
            for (int r = from; r < to; r++) {
                target.put(
                        (int) y.offset() + r * y.rowStride(),
                        source,
                        (int) x.offset() + r * x.rowStride(),
                        x.columns());
            }
        });
    }

    @Override
    public void copy(Block x, Block y) {
        int[] n = y.sizes();
        pool.forEach(n[0] * n[1] * n[2], (long) n[3] * n[4], (from, to) -> {
            for (int i = from; i < to; i++) {
                int i0 = i / (n[1] * n[2]);
                int i1 = i / n[2] % n[1];
                int i2 = i % n[2];
                Blocks.write(y, i0, i1, i2, Blocks.read(x, i0, i1, i2));
            }
        });
    }

    /**
     * {@code y += x}, x broadcast over y's batch dimensions; columns contiguous in both. Leading zeros of a row of x cost
     * nothing, which is what masks begin with.
     */
    void addTo(Block x, Block y) {
        int[] n = y.sizes();
        int m = n[3];
        int k = n[4];
        FloatBuffer source = x.memory().buffer();
        FloatBuffer target = y.memory().buffer();
        pool.forEach(n[0] * n[1] * n[2], (long) m * k, (from, to) -> {
            float[] added = new float[k];
            float[] sum = new float[k];
            for (int batch = from; batch < to; batch++) {
                int i2 = batch % n[2];
                int i1 = batch / n[2] % n[1];
                int i0 = batch / n[2] / n[1];
                for (int row = 0; row < m; row++) {
                    source.get(place(x, i0, i1, i2, row), added);
                    int first = 0;
                    while (first < k && added[first] == 0) {
                        first++;
                    }
                    int at = place(y, i0, i1, i2, row) + first;
                    target.get(at, sum, first, k - first);
                    for (int i = first; i < k; i++) {
                        sum[i] += added[i];
                    }
                    target.put(at, sum, first, k - first);
                }
            }
        });
    }

    /** Where a row of a block begins in its memory's buffer. */
    private static int place(Block block, int i0, int i1, int i2, int row) {
        int[] n = block.sizes();
        long[] s = block.strides();
        return (int) (block.memory().offset()
                + block.offset()
                + (n[0] == 1 ? 0 : i0 * s[0])
                + (n[1] == 1 ? 0 : i1 * s[1])
                + (n[2] == 1 ? 0 : i2 * s[2])
                + row * s[3]);
    }

    @Override
    public void tokenScores(
            Matrix logits, int[] targets, double[] logSumExp, double[] logProbability, double[] entropy) {
        TokenLoss.scores(pool, logits, targets, logSumExp, logProbability, entropy);
    }

    @Override
    public void tokenScoresBack(
            Matrix logits,
            int[] targets,
            double[] logSumExp,
            double[] entropy,
            double[] logProbabilitySlope,
            double[] entropySlope) {
        TokenLoss.back(pool, logits, targets, logSumExp, entropy, logProbabilitySlope, entropySlope);
    }

    @Override
    public double sumOfSquares(Matrix x) {
        int k = x.columns();
        double[] byRow = new double[x.rows()];
        pool.forEach(x.rows(), k, (from, to) -> {
            float[] row = new float[k];
            for (int r = from; r < to; r++) {
                x.readRow(r, row, 0);
                double sum = 0;
                for (float value : row) {
                    sum += (double) value * value;
                }
                byRow[r] = sum;
            }
        });
        double total = 0;
        for (double sum : byRow) {
            total += sum;
        }
        return total;
    }

    @Override
    public void adamW(Matrix weight, Matrix gradient, Matrix firstMoment, Matrix secondMoment, AdamWStep step) {
        int k = weight.columns();
        float b1 = (float) step.beta1();
        float b2 = (float) step.beta2();
        float clip = (float) step.gradientScale();
        float rate = (float) (step.rate() / (1 - Math.pow(step.beta1(), step.time())));
        float root = (float) (1 / Math.sqrt(1 - Math.pow(step.beta2(), step.time())));
        float epsilon = (float) step.epsilon();
        float keep = (float) (1 - step.rate() * step.decay());
        pool.forEach(weight.rows(), 8L * k, (from, to) -> {
            float[] w = new float[k];
            float[] g = new float[k];
            float[] m = new float[k];
            float[] v = new float[k];
            for (int r = from; r < to; r++) {
                weight.readRow(r, w, 0);
                gradient.readRow(r, g, 0);
                firstMoment.readRow(r, m, 0);
                secondMoment.readRow(r, v, 0);
                for (int i = 0; i < k; i++) {
                    float slope = g[i] * clip;
                    m[i] = b1 * m[i] + (1 - b1) * slope;
                    v[i] = b2 * v[i] + (1 - b2) * slope * slope;
                    w[i] = w[i] * keep - rate * m[i] / ((float) Math.sqrt(v[i]) * root + epsilon);
                }
                weight.writeRow(r, w, 0);
                firstMoment.writeRow(r, m, 0);
                secondMoment.writeRow(r, v, 0);
            }
        });
    }

    @Override
    public void close() {
        pool.close();
    }
}
