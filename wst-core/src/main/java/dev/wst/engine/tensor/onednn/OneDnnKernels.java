package dev.wst.engine.tensor.onednn;

import dev.wst.Precision;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.PlainIndex;
import dev.wst.engine.tensor.Weight;
import dev.wst.engine.tensor.host.CpuKernels;
import dev.wst.engine.tensor.host.RowPool;
import dev.wst.engine.tensor.natives.OpenMp;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * oneDNN for everything it has a fast primitive for: matrix products, RMS norm, SwiGLU, softmax; Java loops for the
 * rest. Primitives are compiled once for each shape.
 */
public final class OneDnnKernels extends CpuKernels {
    /** Of a product that one thread does before another is awake, where the weight is in its cache. */
    private static final long FEW_MULTIPLICATIONS = 1 << 21;

    private final OneDnnEngine engine;
    private final OneDnnProducts products;
    private final OneDnnRounding rounding;
    private final OneDnnTokenLoss tokenLoss = new OneDnnTokenLoss(this::softmax, pool());
    private final WeightPrecision precision;
    /** Made with the first weight in 8 bits. */
    private @Nullable ByteProducts bytes;

    private OneDnnKernels(RowPool pool, Optional<Precision> precision) {
        super(pool);
        engine = new OneDnnEngine();
        products = new OneDnnProducts(engine);
        rounding = new OneDnnRounding(engine);
        try {
            this.precision =
                    precision.isPresent() ? WeightPrecision.of(precision.get(), this) : WeightPrecision.fastest();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Unpacks the library where need be, and loads it, unless this process has it already.
     *
     * @param precision of weights; the faster one here if not given
     * @throws BackendException if it does not load or run here, or not in the precision asked for
     */
    public static OneDnnKernels load(RowPool pool, Optional<Precision> precision) {
        try {
            if (!OneDnn.isLoaded()) {
                OpenMp.waitBriefly();
                OneDnn.load(OneDnnLibrary.unpack(Path.of(System.getProperty("java.io.tmpdir"))));
            }
            return new OneDnnKernels(pool, precision);
        } catch (LinkageError e) {
            throw new BackendException("what oneDNN is called through (net.java.dev.jna:jna) does not load: " + e, e);
        }
    }

    @Override
    public String description() {
        return "oneDNN (packed weights; Java loops where it has no primitive), " + precision.description();
    }

    @Override
    public void endThreads() {
        OneDnn.endThreads();
    }

    @Override
    public Weight weight(Matrix weight) {
        return weight(weight, precision.typeOf(weight));
    }

    Weight weight(Matrix weight, int type) {
        return type == OneDnn.S8 ? bytes().weight(weight) : new OneDnnWeight(engine, type, weight);
    }

    ByteProducts bytes() {
        if (bytes == null) {
            bytes = new ByteProducts(engine, pool());
        }
        return bytes;
    }

    @Override
    public void linear(Matrix x, Weight w, Matrix y, boolean accumulate) {
        if (w instanceof ByteWeight weight) {
            bytes().linear(x, weight, y, accumulate);
        } else {
            product("linear", x, OneDnnWeight.of(w).forward(), y, accumulate);
        }
    }

    @Override
    public void linearBack(Matrix dy, Weight w, Matrix dx, boolean accumulate) {
        product("linearBack", dy, OneDnnWeight.of(w).backward(), dx, accumulate);
    }

    private void product(String name, Matrix left, OneDnnPacking right, Matrix result, boolean accumulate) {
        long numbers = (long) left.columns() * result.columns();
        if (numbers >= WeightPrecision.LARGE) {
            whole(name, left, right, result, accumulate);
        } else if (numbers * left.rows() > FEW_MULTIPLICATIONS) {
            inParts(name, left, right, result, accumulate);
        } else {
            OneDnn.alone(() -> inParts(name, left, right, result, accumulate));
        }
    }

    private void inParts(String name, Matrix left, OneDnnPacking right, Matrix result, boolean accumulate) {
        Parts.forEach(
                left.rows(),
                (from, count) -> whole(name, left.rows(from, count), right, result.rows(from, count), accumulate));
    }

    private void whole(String name, Matrix left, OneDnnPacking right, Matrix result, boolean accumulate) {
        boolean rounded = right.type() == OneDnn.BF16;
        long source = rounded ? rounding.of(left) : left.address();
        long stride = rounded ? left.columns() : left.rowStride();
        long[] shape = {
            left.rows(), left.columns(), result.columns(), stride, result.rowStride(), accumulate ? 1 : 0, right.type()
        };
        engine.run(
                name,
                shape,
                () -> products.compiled(
                        "matrix product",
                        OneDnn.descriptor(
                                right.type(), new long[] {left.rows(), left.columns()}, new long[] {stride, 1}),
                        OneDnn.copy(right.descriptor()),
                        rows(result),
                        1,
                        accumulate),
                source,
                right.address(),
                result.address());
    }

    @Override
    public void matmul(Block a, Block b, Block c, float alpha, boolean accumulate) {
        products.matmul(a, b, c, alpha, accumulate);
    }

    private static long rows(Matrix m) {
        return OneDnn.descriptor(new long[] {m.rows(), m.columns()}, new long[] {m.rowStride(), 1});
    }

    @Override
    public void rmsNorm(Matrix x, Matrix gain, float epsilon, Matrix y) {
        if (!x.isDense() || !y.isDense()) {
            // oneDNN takes strided rows here and reads them as dense: wrong numbers, no error.
            super.rmsNorm(x, gain, epsilon, y);
            return;
        }
        Parts.forEach(
                x.rows(), x.columns(), (from, count) -> norm(x.rows(from, count), gain, epsilon, y.rows(from, count)));
    }

    private void norm(Matrix x, Matrix gain, float epsilon, Matrix y) {
        long[] shape = {x.rows(), x.columns(), x.rowStride(), y.rowStride(), Float.floatToIntBits(epsilon)};
        engine.run(
                "rmsNorm",
                shape,
                () -> {
                    long source = rows(x);
                    long target = rows(y);
                    long[] pd = new long[1];
                    OneDnn.check(
                            OneDnn.dnnl_layer_normalization_forward_primitive_desc_create(
                                    pd,
                                    engine.handle(),
                                    OneDnn.FORWARD_INFERENCE,
                                    source,
                                    target,
                                    0,
                                    epsilon,
                                    OneDnn.USE_SCALE | OneDnn.RMS_NORM,
                                    0),
                            "RMS norm");
                    long scale = OneDnn.descriptor(new long[] {x.columns()}, new long[] {1});
                    return new OneDnnPrimitive(
                            engine.handle(),
                            pd[0],
                            new int[] {OneDnn.ARG_SRC, OneDnn.ARG_SCALE, OneDnn.ARG_DST},
                            new long[] {source, scale, target});
                },
                x.address(),
                gain.address(),
                y.address());
    }

    @Override
    public void swiGlu(Matrix gate, Matrix up, Matrix out) {
        if (!gate.isDense() || !up.isDense() || !out.isDense()) {
            super.swiGlu(gate, up, out);
            return;
        }
        Parts.forEach(gate.rows(), gate.columns(), (from, count) -> {
            Matrix some = out.rows(from, count);
            swish(gate.rows(from, count), some);
            multiply(some, up.rows(from, count), some);
        });
    }

    /** {@code y = swish(x)}. A product as post-operation of this one falls to oneDNN's reference code: 15 times slower. */
    private void swish(Matrix x, Matrix y) {
        engine.run("swish", new long[] {x.rows(), x.columns()}, () -> swishOf(x, y), x.address(), y.address());
    }

    /** {@code c = a * b}, element by element; c may be a. */
    private void multiply(Matrix a, Matrix b, Matrix c) {
        engine.run(
                "multiply",
                new long[] {a.rows(), a.columns()},
                () -> times(a, b, c),
                a.address(),
                b.address(),
                c.address());
    }

    private OneDnnPrimitive swishOf(Matrix x, Matrix y) {
        long source = rows(x);
        long target = rows(y);
        long[] pd = new long[1];
        OneDnn.check(
                OneDnn.dnnl_eltwise_forward_primitive_desc_create(
                        pd, engine.handle(), OneDnn.FORWARD_INFERENCE, OneDnn.ELTWISE_SWISH, source, target, 1, 0, 0),
                "swish");
        return new OneDnnPrimitive(
                engine.handle(), pd[0], new int[] {OneDnn.ARG_SRC, OneDnn.ARG_DST}, new long[] {source, target});
    }

    @Override
    public void swiGluBack(Matrix gate, Matrix up, Matrix dOut, Matrix dGate, Matrix dUp) {
        if (!gate.isDense() || !up.isDense() || !dOut.isDense() || !dGate.isDense() || !dUp.isDense()) {
            super.swiGluBack(gate, up, dOut, dGate, dUp);
            return;
        }
        Parts.forEach(
                gate.rows(),
                gate.columns(),
                (from, count) -> swiGluBackOf(
                        gate.rows(from, count),
                        up.rows(from, count),
                        dOut.rows(from, count),
                        dGate.rows(from, count),
                        dUp.rows(from, count)));
    }

    private void swiGluBackOf(Matrix gate, Matrix up, Matrix dOut, Matrix dGate, Matrix dUp) {
        // dUp = dOut * swish(gate);  dGate = swish'(gate) * (dOut * up)
        swish(gate, dUp);
        multiply(dUp, dOut, dUp);
        multiply(dOut, up, dGate);
        engine.run(
                "swishBack",
                new long[] {gate.rows(), gate.columns()},
                () -> swishBack(gate, dGate),
                gate.address(),
                dGate.address(),
                dGate.address());
    }

    private OneDnnPrimitive times(Matrix a, Matrix b, Matrix c) {
        long first = rows(a);
        long second = rows(b);
        long target = rows(c);
        long[] pd = new long[1];
        OneDnn.check(
                OneDnn.dnnl_binary_primitive_desc_create(
                        pd, engine.handle(), OneDnn.BINARY_MUL, first, second, target, 0),
                "product of elements");
        return new OneDnnPrimitive(
                engine.handle(), pd[0], new int[] {OneDnn.ARG_SRC, OneDnn.ARG_SRC_1, OneDnn.ARG_DST}, new long[] {
                    first, second, target
                });
    }

    private OneDnnPrimitive swishBack(Matrix x, Matrix d) {
        long data = rows(x);
        long slope = rows(d);
        long[] hint = new long[1];
        OneDnn.check(
                OneDnn.dnnl_eltwise_forward_primitive_desc_create(
                        hint, engine.handle(), OneDnn.FORWARD_TRAINING, OneDnn.ELTWISE_SWISH, data, slope, 1, 0, 0),
                "swish");
        long[] pd = new long[1];
        OneDnn.check(
                OneDnn.dnnl_eltwise_backward_primitive_desc_create(
                        pd, engine.handle(), OneDnn.ELTWISE_SWISH, slope, slope, data, 1, 0, hint[0], 0),
                "swish backward");
        OneDnn.dnnl_primitive_desc_destroy(hint[0]);
        return new OneDnnPrimitive(
                engine.handle(),
                pd[0],
                new int[] {OneDnn.ARG_SRC, OneDnn.ARG_DIFF_DST, OneDnn.ARG_DIFF_SRC},
                new long[] {data, slope, OneDnn.copy(slope)});
    }

    @Override
    public void softmax(Matrix x, Matrix y) {
        Parts.forEach(x.rows(), x.columns(), (from, count) -> shares(x.rows(from, count), y.rows(from, count)));
    }

    private void shares(Matrix x, Matrix y) {
        long[] shape = {x.rows(), x.columns(), x.rowStride(), y.rowStride()};
        engine.run("softmax", shape, () -> softmaxOf(x, y), x.address(), y.address());
    }

    private OneDnnPrimitive softmaxOf(Matrix x, Matrix y) {
        long source = rows(x);
        long target = rows(y);
        long[] pd = new long[1];
        OneDnn.check(
                OneDnn.dnnl_softmax_forward_primitive_desc_create(
                        pd, engine.handle(), OneDnn.FORWARD_INFERENCE, OneDnn.SOFTMAX_ACCURATE, source, target, 1, 0),
                "softmax");
        return new OneDnnPrimitive(
                engine.handle(), pd[0], new int[] {OneDnn.ARG_SRC, OneDnn.ARG_DST}, new long[] {source, target});
    }

    @Override
    public void softmaxBack(Matrix p, Matrix dp, Matrix dx) {
        Parts.forEach(
                p.rows(),
                p.columns(),
                (from, count) -> sharesBack(p.rows(from, count), dp.rows(from, count), dx.rows(from, count)));
    }

    private void sharesBack(Matrix p, Matrix dp, Matrix dx) {
        long[] shape = {p.rows(), p.columns(), p.rowStride(), dp.rowStride(), dx.rowStride()};
        engine.run("softmaxBack", shape, () -> softmaxBackOf(p, dp, dx), p.address(), dp.address(), dx.address());
    }

    private OneDnnPrimitive softmaxBackOf(Matrix p, Matrix dp, Matrix dx) {
        long result = rows(p);
        long slope = rows(dp);
        long target = rows(dx);
        long[] hint = new long[1];
        OneDnn.check(
                OneDnn.dnnl_softmax_forward_primitive_desc_create(
                        hint, engine.handle(), OneDnn.FORWARD_TRAINING, OneDnn.SOFTMAX_ACCURATE, result, result, 1, 0),
                "softmax");
        long[] pd = new long[1];
        OneDnn.check(
                OneDnn.dnnl_softmax_backward_primitive_desc_create(
                        pd, engine.handle(), OneDnn.SOFTMAX_ACCURATE, target, slope, result, 1, hint[0], 0),
                "softmax backward");
        OneDnn.dnnl_primitive_desc_destroy(hint[0]);
        return new OneDnnPrimitive(
                engine.handle(),
                pd[0],
                new int[] {OneDnn.ARG_DST, OneDnn.ARG_DIFF_DST, OneDnn.ARG_DIFF_SRC},
                new long[] {result, slope, target});
    }

    @Override
    public void tokenScores(
            Matrix logits, Index targets, double[] logSumExp, double[] logProbability, double[] entropy) {
        tokenLoss.scores(logits, PlainIndex.rows(targets), logSumExp, logProbability, entropy);
    }

    @Override
    public void tokenScoresBack(
            Matrix logits,
            Index targets,
            double[] logSumExp,
            double[] entropy,
            double[] logProbabilitySlope,
            double[] entropySlope) {
        tokenLoss.back(logits, PlainIndex.rows(targets), logSumExp, entropy, logProbabilitySlope, entropySlope);
    }

    @Override
    public void close() {
        tokenLoss.close();
        rounding.close();
        if (bytes != null) {
            bytes.close();
        }
        engine.close();
        super.close();
    }
}
