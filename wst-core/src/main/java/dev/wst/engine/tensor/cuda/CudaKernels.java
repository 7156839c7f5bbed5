package dev.wst.engine.tensor.cuda;

import dev.wst.Precision;
import dev.wst.engine.tensor.AdamWStep;
import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.FusedKernels;
import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kernels on a card: each operation is one launch, or one call to the library of products. */
public final class CudaKernels implements Kernels {
    private final Device device;
    private final Precision precision;
    private final Changes changes = new Changes();
    private final Launches launches;
    private final RoundedCopy rounded;
    private final CudaProducts products;
    private final CudaScratch factors;
    private final CudaFused fused;

    CudaKernels(Device device, Precision precision) {
        this.device = device;
        this.precision = precision;
        this.launches = new Launches(device, changes);
        this.rounded = new RoundedCopy(device, launches, changes, precision == Precision.BF16);
        this.products = new CudaProducts(device, launches, changes, rounded, precision);
        this.factors = new CudaScratch(device, changes);
        this.fused = new CudaFused(device, launches, changes, rounded);
    }

    /** Whether this machine has a card that may be used; costs next to nothing where there is no driver. */
    public static boolean hasCard() {
        return Card.isPresent();
    }

    /** Whether the system property {@code wst.device} names a card, so that nothing else will do. */
    public static boolean isCardNamed() {
        return Card.isNamed();
    }

    /**
     * On the card that the system property {@code wst.device} names, or the first.
     *
     * @param precision of weights; the fastest that the card has units for if not given
     * @throws dev.wst.engine.tensor.BackendException if there is no card, driver or library, or the card has no such precision
     */
    public static CudaKernels load(Optional<Precision> precision) {
        return on(Card.open(), precision);
    }

    static CudaKernels on(Card card, Optional<Precision> precision) {
        try {
            return new CudaKernels(card, card.precision(precision));
        } catch (RuntimeException e) {
            card.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return "CUDA, " + device.description() + ", weights in " + precision;
    }

    @Override
    public Matrix allocate(int rows, int columns) {
        return Matrix.in(length -> CudaMemory.zeros(device, changes, length), rows, columns);
    }

    @Override
    public Index index(int[] rows) {
        return new CudaIndex(device, rows);
    }

    @Override
    public Weight weight(Matrix weight) {
        return new CudaWeight(products, weight, precision);
    }

    @Override
    public void linear(Matrix x, Weight w, Matrix y, boolean accumulate) {
        products.linear(x, CudaWeight.of(w), false, y, accumulate);
    }

    @Override
    public void linearBack(Matrix dy, Weight w, Matrix dx, boolean accumulate) {
        products.linear(dy, CudaWeight.of(w), true, dx, accumulate);
    }

    @Override
    public void matmul(Block a, Block b, Block c, float alpha, boolean accumulate) {
        products.matmul(a, b, c, alpha, accumulate, null);
    }

    @Override
    public void maskedMatmul(Block a, Block b, Block c, float alpha, Block mask) {
        products.matmul(a, b, c, alpha, false, mask);
    }

    // ---- pieces of the decoder ----

    @Override
    public void rmsNorm(Matrix x, Matrix gain, float epsilon, Matrix y) {
        launches.byRow(
                "rms_norm",
                x,
                launches.begin(x)
                        .add(CudaMemory.address(gain))
                        .add(epsilon)
                        .add(CudaMemory.address(y))
                        .add(y.rowStride())
                        .add(x.columns())
                        .add(rounded.room(y)));
        rounded.remember(y);
    }

    @Override
    public void rmsNormBack(Matrix x, Matrix gain, float epsilon, Matrix dy, Matrix dx, @Nullable Matrix dGain) {
        long kept = dGain == null ? 0 : factors.of((long) x.rows() * Float.BYTES);
        launches.byRow(
                "rms_norm_back",
                x,
                launches.begin(x)
                        .add(CudaMemory.address(gain))
                        .add(epsilon)
                        .add(CudaMemory.address(dy))
                        .add(dy.rowStride())
                        .add(CudaMemory.address(dx))
                        .add(dx.rowStride())
                        .add(x.columns())
                        .add(kept));
        if (dGain != null) {
            launches.byColumn(
                    "rms_gain_back",
                    x,
                    launches.begin(x, dy)
                            .add(kept)
                            .add(CudaMemory.address(dGain))
                            .add(x.rows())
                            .add(x.columns()));
        }
    }

    @Override
    public void swiGlu(Matrix gate, Matrix up, Matrix out) {
        Elements all = Elements.of(gate, up, out);
        launches.each(
                "swi_glu",
                all,
                launches.begin(gate, up, out)
                        .add(all.columns())
                        .add(all.chunks())
                        .add(rounded.room(out)));
        rounded.remember(out);
    }

    @Override
    public void swiGluBack(Matrix gate, Matrix up, Matrix dOut, Matrix dGate, Matrix dUp) {
        Elements all = Elements.of(gate, up, dOut, dGate, dUp);
        launches.each(
                "swi_glu_back",
                all,
                launches.begin(gate, up, dOut, dGate, dUp).add(all.columns()).add(all.chunks()));
    }

    @Override
    public void softmax(Matrix x, Matrix y) {
        launches.byRow("softmax", x, launches.begin(x, y).add(x.columns()));
    }

    @Override
    public void softmaxBack(Matrix p, Matrix dp, Matrix dx) {
        launches.byRow("softmax_back", p, launches.begin(p, dp, dx).add(p.columns()));
    }

    @Override
    public void rope(Matrix x, int heads, Matrix cosSin, Index positions, boolean inverse) {
        int half = x.columns() / heads / 2;
        Elements pairs = new Elements(x.rows(), (long) heads * half);
        launches.each(
                "rope",
                pairs,
                launches.begin(x, cosSin)
                        .add(CudaRows.address(positions))
                        .add(half)
                        .add(inverse ? -1f : 1f)
                        .add(pairs.columns())
                        .add(pairs.chunks()));
    }

    // ---- rows ----

    @Override
    public void gatherRows(Matrix x, Index index, Matrix y) {
        byIndex("gather_rows", x, index, y);
    }

    @Override
    public void placeRows(Matrix x, Index index, Matrix y) {
        byIndex("place_rows", x, index, y);
    }

    private void byIndex(String kernel, Matrix x, Index index, Matrix y) {
        Elements rows = new Elements(index.length(), x.columns());
        launches.each(
                kernel,
                rows,
                launches.begin(x)
                        .add(CudaRows.address(index))
                        .add(CudaMemory.address(y))
                        .add(y.rowStride())
                        .add(rows.columns())
                        .add(rows.chunks()));
    }

    @Override
    public void scatterAddRows(Matrix x, Index index, Matrix y) {
        CudaIndex.Targets targets = CudaIndex.of(index).targets();
        if (targets.count() > 0) {
            Elements rows = new Elements(targets.count(), x.columns());
            launches.each(
                    "scatter_add_rows",
                    rows,
                    launches.begin(x)
                            .add(targets.target().address())
                            .add(targets.first().address())
                            .add(targets.source().address())
                            .add(CudaMemory.address(y))
                            .add(y.rowStride())
                            .add(rows.columns())
                            .add(rows.chunks()));
        }
    }

    @Override
    public void add(Matrix x, Matrix y) {
        Elements all = Elements.of(x, y);
        launches.each("add_rows", all, launches.begin(x, y).add(all.columns()).add(all.chunks()));
    }

    @Override
    public void addRow(Matrix row, Matrix y) {
        Elements rows = new Elements(y.rows(), y.columns());
        launches.each(
                "add_row",
                rows,
                launches.begin()
                        .add(CudaMemory.address(row))
                        .add(CudaMemory.address(y))
                        .add(y.rowStride())
                        .add(rows.columns())
                        .add(rows.chunks()));
    }

    @Override
    public void sumRows(Matrix x, Matrix row) {
        launches.byColumn(
                "sum_rows",
                x,
                launches.begin(x).add(CudaMemory.address(row)).add(x.rows()).add(x.columns()));
    }

    @Override
    public void scale(Matrix x, float factor) {
        inPlace("scale", x, factor);
    }

    @Override
    public void fill(Matrix x, float value) {
        inPlace("fill", x, value);
    }

    private void inPlace(String kernel, Matrix x, float value) {
        Elements all = Elements.of(x);
        launches.each(
                kernel,
                all,
                launches.begin()
                        .add(CudaMemory.address(x))
                        .add(all.columns())
                        .add(x.rowStride())
                        .add(all.chunks())
                        .add(value));
    }

    @Override
    public void copy(Matrix x, Matrix y) {
        Elements all = Elements.of(x, y);
        launches.each("copy_rows", all, launches.begin(x, y).add(all.columns()).add(all.chunks()));
    }

    @Override
    public void copy(Block x, Block y) {
        products.copy(x, y);
    }

    // ---- loss ----

    @Override
    public void tokenScores(
            Matrix logits, Index targets, double[] logSumExp, double[] logProbability, double[] entropy) {
        int rows = logits.rows();
        try (CudaNumbers sums = CudaNumbers.doubles(device, rows);
                CudaNumbers logs = CudaNumbers.doubles(device, rows);
                CudaNumbers entropies = CudaNumbers.doubles(device, rows)) {
            launches.byRow(
                    "token_scores",
                    logits,
                    launches.begin(logits)
                            .add(CudaRows.address(targets))
                            .add(sums.address())
                            .add(logs.address())
                            .add(entropies.address())
                            .add(logits.columns()));
            sums.read(logSumExp);
            logs.read(logProbability);
            entropies.read(entropy);
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
        Elements rows = new Elements(logits.rows(), logits.columns());
        try (CudaNumbers sums = CudaNumbers.of(device, logSumExp);
                CudaNumbers entropies = CudaNumbers.of(device, entropy);
                CudaNumbers a = CudaNumbers.of(device, logProbabilitySlope);
                CudaNumbers b = CudaNumbers.of(device, entropySlope)) {
            launches.each(
                    "token_scores_back",
                    rows,
                    launches.begin(logits)
                            .add(CudaRows.address(targets))
                            .add(sums.address())
                            .add(entropies.address())
                            .add(a.address())
                            .add(b.address())
                            .add(rows.columns())
                            .add(rows.chunks()));
        }
    }

    // ---- optimiser ----

    @Override
    public double sumOfSquares(Matrix x) {
        double[] sum = new double[1];
        try (CudaNumbers sums = CudaNumbers.doubles(device, x.rows())) {
            launches.byRow(
                    "row_squares", x, launches.begin(x).add(sums.address()).add(x.columns()));
            launches.launch(
                    "add_up",
                    1,
                    Elements.THREADS,
                    0,
                    launches.begin().add(sums.address()).add(x.rows()));
            sums.read(sum);
        }
        return sum[0];
    }

    @Override
    public void adamW(Matrix weight, Matrix gradient, Matrix firstMoment, Matrix secondMoment, AdamWStep step) {
        Elements all = Elements.of(weight, gradient, firstMoment, secondMoment);
        launches.each(
                "adam_w",
                all,
                launches.begin(weight, gradient, firstMoment, secondMoment)
                        .add((float) step.beta1())
                        .add((float) step.beta2())
                        .add((float) step.gradientScale())
                        .add((float) (step.rate() / (1 - Math.pow(step.beta1(), step.time()))))
                        .add((float) (1 / Math.sqrt(1 - Math.pow(step.beta2(), step.time()))))
                        .add((float) step.epsilon())
                        .add((float) (1 - step.rate() * step.decay()))
                        .add(all.columns())
                        .add(all.chunks()));
    }

    @Override
    public Optional<FusedKernels> fused() {
        return Optional.of(fused);
    }

    @Override
    public void close() {
        fused.close();
        rounded.close();
        factors.close();
        device.close();
    }
}
