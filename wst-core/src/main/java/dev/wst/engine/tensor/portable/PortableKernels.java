package dev.wst.engine.tensor.portable;

import dev.wst.engine.tensor.AdamWStep;
import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.PlainIndex;
import dev.wst.engine.tensor.PlainWeight;
import dev.wst.engine.tensor.Weight;
import dev.wst.engine.tensor.nd4j.ArraysInUse;
import dev.wst.engine.tensor.nd4j.Backend;
import dev.wst.engine.tensor.nd4j.Nd4jStorage;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * ND4J operations only: no address and no host buffer is touched, so the memory may lie on a CUDA device. Each small
 * operation costs tens of microseconds, so on a CPU this is for tests.
 */
public final class PortableKernels implements Kernels {
    private final String reason;

    private PortableKernels(String reason) {
        this.reason = reason;
    }

    /**
     * Kernels whose calls take turns with all else that computes with ND4J.
     *
     * @param reason why these, for the start-up log
     */
    public static Kernels load(String reason) {
        return ArraysInUse.around(Kernels.class, new PortableKernels(reason));
    }

    @Override
    public String description() {
        return "portable (ND4J operations; " + reason + ") on " + Backend.name();
    }

    @Override
    public Matrix allocate(int rows, int columns) {
        return Matrix.in(Nd4jStorage::zeros, rows, columns);
    }

    @Override
    public Index index(int[] rows) {
        return new PlainIndex(rows);
    }

    @Override
    public Weight weight(Matrix weight) {
        return new PlainWeight(weight);
    }

    @Override
    public void linear(Matrix x, Weight w, Matrix y, boolean accumulate) {
        store(view(x).mmul(view(PlainWeight.of(w).matrix()).transpose()), view(y), accumulate);
    }

    @Override
    public void linearBack(Matrix dy, Weight w, Matrix dx, boolean accumulate) {
        store(view(dy).mmul(view(PlainWeight.of(w).matrix())), view(dx), accumulate);
    }

    @Override
    public void matmul(Block a, Block b, Block c, float alpha, boolean accumulate) {
        overBatch(c, (i0, i1, i2) -> {
            INDArray product = view(a, i0, i1, i2).mmul(view(b, i0, i1, i2)).muli(alpha);
            store(product, view(c, i0, i1, i2), accumulate);
        });
    }

    @Override
    public void maskedMatmul(Block a, Block b, Block c, float alpha, Block mask) {
        matmul(a, b, c, alpha, false);
        overBatch(c, (i0, i1, i2) -> view(c, i0, i1, i2).addi(view(mask, i0, i1, i2)));
    }

    /** Does something at one place of a block's batch. */
    private interface Place {
        void at(int i0, int i1, int i2);
    }

    private static void overBatch(Block block, Place work) {
        int[] n = block.sizes();
        for (int i0 = 0; i0 < n[0]; i0++) {
            for (int i1 = 0; i1 < n[1]; i1++) {
                for (int i2 = 0; i2 < n[2]; i2++) {
                    work.at(i0, i1, i2);
                }
            }
        }
    }

    private static void store(INDArray value, INDArray target, boolean accumulate) {
        if (accumulate) {
            target.addi(value);
        } else {
            target.assign(value);
        }
    }

    /** [M, K] as ND4J sees it. */
    private static INDArray view(Matrix m) {
        return Nd4j.create(
                Nd4jStorage.of(m).data(),
                new long[] {m.rows(), m.columns()},
                new long[] {m.rowStride(), 1},
                m.offset(),
                'c');
    }

    private static INDArray view(Block block, int i0, int i1, int i2) {
        return Nd4j.create(
                Nd4jStorage.of(block.memory()).data(),
                new long[] {block.sizes()[3], block.sizes()[4]},
                new long[] {block.strides()[3], block.strides()[4]},
                block.memory().offset() + block.start(i0, i1, i2),
                'c');
    }

    @Override
    public void rmsNorm(Matrix x, Matrix gain, float epsilon, Matrix y) {
        INDArray in = view(x);
        view(y).assign(in.mulColumnVector(inverseRoot(in, epsilon)).muliRowVector(gainOf(gain)));
    }

    /** [M, 1]. */
    private static INDArray inverseRoot(INDArray x, float epsilon) {
        INDArray mean = x.mul(x).mean(true, 1).addi(epsilon);
        return Transforms.sqrt(mean, false).rdivi(1);
    }

    private static INDArray gainOf(Matrix gain) {
        return view(gain).dup('c');
    }

    @Override
    public void rmsNormBack(Matrix x, Matrix gain, float epsilon, Matrix dy, Matrix dx, @Nullable Matrix dGain) {
        INDArray in = view(x);
        INDArray factor = inverseRoot(in, epsilon);
        INDArray normed = in.mulColumnVector(factor);
        INDArray slope = view(dy);
        INDArray dNormed = slope.mulRowVector(gainOf(gain));
        INDArray shared = dNormed.mul(normed).mean(true, 1);
        view(dx).addi(dNormed.subi(normed.mulColumnVector(shared)).muliColumnVector(factor));
        if (dGain != null) {
            view(dGain).addi(normed.muli(slope).sum(true, 0));
        }
    }

    @Override
    public void swiGlu(Matrix gate, Matrix up, Matrix out) {
        INDArray g = view(gate);
        view(out).assign(Transforms.sigmoid(g, true).muli(g).muli(view(up)));
    }

    @Override
    public void swiGluBack(Matrix gate, Matrix up, Matrix dOut, Matrix dGate, Matrix dUp) {
        INDArray g = view(gate);
        INDArray d = view(dOut);
        INDArray s = Transforms.sigmoid(g, true);
        INDArray dGateValue = s.rsub(1).muli(g).addi(1).muli(s).muli(view(up)).muli(d);
        INDArray dUpValue = s.muli(g).muli(d);
        view(dGate).assign(dGateValue);
        view(dUp).assign(dUpValue);
    }

    @Override
    public void softmax(Matrix x, Matrix y) {
        INDArray in = view(x);
        INDArray e = Transforms.exp(in.subColumnVector(in.max(true, 1)), false);
        view(y).assign(e.diviColumnVector(e.sum(true, 1)));
    }

    @Override
    public void softmaxBack(Matrix p, Matrix dp, Matrix dx) {
        INDArray row = view(p);
        INDArray slope = view(dp).dup('c');
        INDArray shared = slope.mul(row).sum(true, 1);
        view(dx).assign(slope.subiColumnVector(shared).muli(row));
    }

    @Override
    public void rope(Matrix x, int heads, Matrix cosSin, Index positions, boolean inverse) {
        int[] rows = PlainIndex.rows(positions);
        int width = x.columns() / heads;
        int half = width / 2;
        INDArray turn = Nd4j.create(x.rows(), width);
        INDArray table = view(cosSin);
        for (int r = 0; r < rows.length; r++) {
            turn.getRow(r).assign(table.getRow(rows[r]));
        }
        INDArray cos = columns(turn, width, 0, half).dup('c');
        INDArray sin = columns(turn, width, half, half).dup('c').muli(inverse ? -1 : 1);
        for (int head = 0; head < heads; head++) {
            INDArray a = view(x.columns(head * width, half));
            INDArray b = view(x.columns(head * width + half, half));
            INDArray first = a.mul(cos).subi(b.mul(sin));
            INDArray second = b.mul(cos).addi(a.mul(sin));
            a.assign(first);
            b.assign(second);
        }
    }

    private static INDArray columns(INDArray m, int stride, int from, int count) {
        return Nd4j.create(m.data(), new long[] {m.rows(), count}, new long[] {stride, 1}, from, 'c');
    }

    @Override
    public void gatherRows(Matrix x, Index index, Matrix y) {
        int[] rows = PlainIndex.rows(index);
        INDArray source = view(x);
        INDArray target = view(y);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] < 0) {
                target.getRow(i).assign(0);
            } else {
                target.getRow(i).assign(source.getRow(rows[i]));
            }
        }
    }

    @Override
    public void scatterAddRows(Matrix x, Index index, Matrix y) {
        int[] rows = PlainIndex.rows(index);
        INDArray source = view(x);
        INDArray target = view(y);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] >= 0) {
                target.getRow(rows[i]).addi(source.getRow(i));
            }
        }
    }

    @Override
    public void placeRows(Matrix x, Index index, Matrix y) {
        int[] rows = PlainIndex.rows(index);
        INDArray source = view(x);
        INDArray target = view(y);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] >= 0) {
                target.getRow(rows[i]).assign(source.getRow(i));
            }
        }
    }

    @Override
    public void add(Matrix x, Matrix y) {
        view(y).addi(view(x));
    }

    @Override
    public void addRow(Matrix row, Matrix y) {
        view(y).addiRowVector(gainOf(row));
    }

    @Override
    public void sumRows(Matrix x, Matrix row) {
        view(row).addi(view(x).sum(true, 0));
    }

    @Override
    public void scale(Matrix x, float factor) {
        view(x).muli(factor);
    }

    @Override
    public void fill(Matrix x, float value) {
        view(x).assign(value);
    }

    @Override
    public void copy(Matrix x, Matrix y) {
        view(y).assign(view(x));
    }

    @Override
    public void copy(Block x, Block y) {
        overBatch(y, (i0, i1, i2) -> view(y, i0, i1, i2).assign(view(x, i0, i1, i2)));
    }

    @Override
    public void tokenScores(
            Matrix logits, Index targets, double[] logSumExp, double[] logProbability, double[] entropy) {
        int[] target = PlainIndex.rows(targets);
        INDArray z = view(logits);
        INDArray max = z.max(true, 1);
        INDArray shifted = z.subColumnVector(max);
        INDArray e = Transforms.exp(shifted, true);
        double[] sums = e.sum(1).toDoubleVector();
        double[] means = e.muli(shifted).sum(1).toDoubleVector();
        double[] tops = max.reshape(max.length()).toDoubleVector();
        for (int r = 0; r < target.length; r++) {
            logSumExp[r] = tops[r] + Math.log(sums[r]);
            logProbability[r] = z.getDouble(r, target[r]) - logSumExp[r];
            entropy[r] = Math.log(sums[r]) - means[r] / sums[r];
        }
    }

    @Override
    public void tokenScoresBack(
            Matrix logits,
            Index targets,
            double[] logSumExp,
            double[] entropy,
            double[] logProbabilitySlope,
            double[] entropySlope) {
        int[] target = PlainIndex.rows(targets);
        INDArray z = view(logits);
        INDArray logP = z.subColumnVector(column(logSumExp));
        INDArray p = Transforms.exp(logP, true);
        INDArray inner = logP.addiColumnVector(column(entropy))
                .muliColumnVector(column(entropySlope))
                .addiColumnVector(column(logProbabilitySlope));
        z.assign(p.muli(inner).negi());
        for (int r = 0; r < target.length; r++) {
            z.putScalar(r, target[r], z.getDouble(r, target[r]) + logProbabilitySlope[r]);
        }
    }

    private static INDArray column(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Nd4j.createFromArray(floats).reshape(values.length, 1);
    }

    @Override
    public double sumOfSquares(Matrix x) {
        double total = 0;
        for (double sum : view(x).mul(view(x)).sum(1).toDoubleVector()) {
            total += sum;
        }
        return total;
    }

    @Override
    public void adamW(Matrix weight, Matrix gradient, Matrix firstMoment, Matrix secondMoment, AdamWStep step) {
        INDArray g = view(gradient).mul(step.gradientScale());
        INDArray m = view(firstMoment);
        INDArray v = view(secondMoment);
        m.muli(step.beta1()).addi(g.mul(1 - step.beta1()));
        v.muli(step.beta2()).addi(g.mul(g).muli(1 - step.beta2()));
        double first = 1 - Math.pow(step.beta1(), step.time());
        double second = 1 - Math.pow(step.beta2(), step.time());
        INDArray root = Transforms.sqrt(v.div(second), false).addi(step.epsilon());
        INDArray w = view(weight);
        w.muli(1 - step.rate() * step.decay());
        w.subi(m.div(root).muli(step.rate() / first));
    }

    @Override
    public void close() {}
}
