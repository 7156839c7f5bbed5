package dev.wst.engine.tensor.host;

import dev.wst.engine.tensor.AdamWStep;
import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.PlainIndex;
import org.jspecify.annotations.Nullable;

/**
 * What kernels on a CPU share: all but the products, as Java loops over rows on the heap. Faster implementations override
 * what they have something better for.
 */
public abstract class CpuKernels implements Kernels {
    private final RowPool pool;
    private final HostActivations activations;
    private final HostRows rows;

    protected CpuKernels(RowPool pool) {
        this.pool = pool;
        activations = new HostActivations(pool);
        rows = new HostRows(pool);
    }

    protected final RowPool pool() {
        return pool;
    }

    @Override
    public Matrix allocate(int rows, int columns) {
        return zeros(rows, columns);
    }

    /** Zeros in native memory. */
    public static Matrix zeros(int rows, int columns) {
        return Matrix.in(NativeMemory::zeros, rows, columns);
    }

    /** The mask apart: oneDNN adds one with gaps or broadcasts in its reference code, 60 times slower. */
    @Override
    public void maskedMatmul(Block a, Block b, Block c, float alpha, Block mask) {
        matmul(a, b, c, alpha, false);
        rows.addTo(mask, c);
    }

    @Override
    public Index index(int[] rowNumbers) {
        return new PlainIndex(rowNumbers);
    }

    @Override
    public void rmsNorm(Matrix x, Matrix gain, float epsilon, Matrix y) {
        activations.rmsNorm(x, gain, epsilon, y);
    }

    @Override
    public void rmsNormBack(Matrix x, Matrix gain, float epsilon, Matrix dy, Matrix dx, @Nullable Matrix dGain) {
        activations.rmsNormBack(x, gain, epsilon, dy, dx, dGain);
    }

    @Override
    public void swiGlu(Matrix gate, Matrix up, Matrix out) {
        activations.swiGlu(gate, up, out);
    }

    @Override
    public void swiGluBack(Matrix gate, Matrix up, Matrix dOut, Matrix dGate, Matrix dUp) {
        activations.swiGluBack(gate, up, dOut, dGate, dUp);
    }

    @Override
    public void softmax(Matrix x, Matrix y) {
        activations.softmax(x, y);
    }

    @Override
    public void softmaxBack(Matrix p, Matrix dp, Matrix dx) {
        activations.softmaxBack(p, dp, dx);
    }

    @Override
    public void rope(Matrix x, int heads, Matrix cosSin, Index positions, boolean inverse) {
        activations.rope(x, heads, cosSin, PlainIndex.rows(positions), inverse);
    }

    @Override
    public void gatherRows(Matrix x, Index index, Matrix y) {
        rows.gatherRows(x, PlainIndex.rows(index), y);
    }

    @Override
    public void scatterAddRows(Matrix x, Index index, Matrix y) {
        rows.scatterAddRows(x, PlainIndex.rows(index), y);
    }

    @Override
    public void placeRows(Matrix x, Index index, Matrix y) {
        rows.placeRows(x, PlainIndex.rows(index), y);
    }

    @Override
    public void add(Matrix x, Matrix y) {
        rows.add(x, y);
    }

    @Override
    public void addRow(Matrix row, Matrix y) {
        rows.addRow(row, y);
    }

    @Override
    public void sumRows(Matrix x, Matrix row) {
        rows.sumRows(x, row);
    }

    @Override
    public void scale(Matrix x, float factor) {
        rows.scale(x, factor);
    }

    @Override
    public void fill(Matrix x, float value) {
        rows.fill(x, value);
    }

    @Override
    public void copy(Matrix x, Matrix y) {
        rows.copy(x, y);
    }

    @Override
    public void copy(Block x, Block y) {
        rows.copy(x, y);
    }

    @Override
    public void tokenScores(
            Matrix logits, Index targets, double[] logSumExp, double[] logProbability, double[] entropy) {
        TokenLoss.scores(pool, logits, PlainIndex.rows(targets), logSumExp, logProbability, entropy);
    }

    @Override
    public void tokenScoresBack(
            Matrix logits,
            Index targets,
            double[] logSumExp,
            double[] entropy,
            double[] logProbabilitySlope,
            double[] entropySlope) {
        TokenLoss.back(pool, logits, PlainIndex.rows(targets), logSumExp, entropy, logProbabilitySlope, entropySlope);
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
