package dev.wst.engine.tensor.host;

import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.PlainWeight;
import dev.wst.engine.tensor.Weight;
import dev.wst.engine.tensor.nd4j.Nd4jStorage;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Products of weights through ND4J and Java loops for the rest: works wherever ND4J's CPU backend does. */
public final class HostKernels extends CpuKernels {
    public HostKernels(RowPool pool) {
        super(pool);
    }

    @Override
    public String description() {
        return "host (Java loops and ND4J's matrix product)";
    }

    /** In ND4J's arrays, which its product reads. */
    @Override
    public Matrix allocate(int rows, int columns) {
        return Matrix.in(Nd4jStorage::zeros, rows, columns);
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
                Nd4jStorage.of(m).data(),
                new long[] {m.rows(), m.columns()},
                new long[] {m.columns(), 1},
                m.offset(),
                'c');
    }

    @Override
    public void matmul(Block a, Block b, Block c, float alpha, boolean accumulate) {
        int[] n = c.sizes();
        int batch = n[0] * n[1] * n[2];
        long cost = (long) n[3] * n[4] * a.sizes()[4];
        pool().forEach(batch, cost, (from, to) -> {
            for (int i = from; i < to; i++) {
                int i0 = i / (n[1] * n[2]);
                int i1 = i / n[2] % n[1];
                int i2 = i % n[2];
                product(a, b, c, alpha, accumulate, i0, i1, i2);
            }
        });
    }

    private static void product(Block a, Block b, Block c, float alpha, boolean accumulate, int i0, int i1, int i2) {
        int m = c.sizes()[3];
        int n = c.sizes()[4];
        int k = a.sizes()[4];
        float[] right = Blocks.read(b, i0, i1, i2);
        float[] left = Blocks.read(a, i0, i1, i2);
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
                if (old != null) {
                    sum += old[i * n + j];
                }
                result[i * n + j] = (float) sum;
            }
        }
        Blocks.write(c, i0, i1, i2, result);
    }
}
