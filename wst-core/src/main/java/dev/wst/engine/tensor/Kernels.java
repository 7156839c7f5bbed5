package dev.wst.engine.tensor;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every numeric operation of the engine, forward beside backward, on row-major FP32 matrices. One instance serves one
 * model and one thread at a time; it may use several threads inside, and its results do not depend on how many.
 *
 * <p>Names of gradients: {@code dx} is the derivative of the loss by {@code x}. An operation documented with {@code +=}
 * adds to what its output holds. Outputs must not overlap inputs unless the operation says "in place".
 */
public interface Kernels extends AutoCloseable {

    /** What runs and, where it is not the fastest, why: one line for the start-up log. */
    String description();

    /**
     * Says that the calling thread computes no more for a while. Native threads may belong to the thread that they help, and while
     * those of several are alive, all of them wait for one another as on an overloaded machine.
     */
    default void endThreads() {}

    /** A new matrix of zeros, owned by the caller through {@link Matrix#close()}. */
    Matrix allocate(int rows, int columns);

    /**
     * Prepares numbers of rows for the kernels that take them: made once, used often. The array is not copied and must not
     * change.
     *
     * @param rows [M]
     */
    Index index(int[] rows);

    // ---- matrix products ----

    /**
     * Prepares a weight for {@link #linear} and {@link #linearBack}: packed once, used often. The matrix must stay
     * alive unless {@link Weight#standsAlone()}; call {@link Weight#refresh()} after changing its numbers. It may be kept in
     * fewer bits than the matrix, where the kernels were told so or that is faster; what it is multiplied with is rounded too,
     * and products are added up in FP32. One kept in 8 bits has no backward product.
     *
     * @param weight [N, K], as Hugging Face stores it: output features in rows
     */
    Weight weight(Matrix weight);

    /** {@code y = x w'}, or {@code y += x w'}. Shapes: x [M, K], w [N, K], y [M, N]. */
    void linear(Matrix x, Weight w, Matrix y, boolean accumulate);

    /** {@code dx = dy w}, or {@code dx += dy w}. Shapes: dy [M, N], w [N, K], dx [M, K]. */
    void linearBack(Matrix dy, Weight w, Matrix dx, boolean accumulate);

    /**
     * Batched product of strided views: {@code c = alpha a b}, or {@code c += alpha a b}. A transposed operand is a view
     * with exchanged strides ({@link Block#transposed()}). Batch dimensions of a and b may be 1 where c's are larger
     * (broadcast).
     */
    void matmul(Block a, Block b, Block c, float alpha, boolean accumulate);

    /**
     * The same with a mask: {@code c = alpha a b + mask}, the scores of attention.
     *
     * @param mask zero where a score counts, minus infinity where {@link #softmax} is to give 0; its rows contiguous, its
     *     batch dimensions broadcast over c's
     */
    void maskedMatmul(Block a, Block b, Block c, float alpha, Block mask);

    // ---- pieces of the decoder ----

    /** Root-mean-square norm, arXiv 1910.07467: {@code y = gain * x / sqrt(mean(x^2) + epsilon)} row by row; gain [1, K]. */
    void rmsNorm(Matrix x, Matrix gain, float epsilon, Matrix y);

    /** {@code dx += d loss / d x} and, where asked for, {@code dGain += d loss / d gain} of {@link #rmsNorm}. */
    void rmsNormBack(Matrix x, Matrix gain, float epsilon, Matrix dy, Matrix dx, @Nullable Matrix dGain);

    /** SwiGLU, arXiv 2002.05202: {@code out = swish(gate) * up}. */
    void swiGlu(Matrix gate, Matrix up, Matrix out);

    /** Writes (not adds) {@code dGate} and {@code dUp} of {@link #swiGlu}. */
    void swiGluBack(Matrix gate, Matrix up, Matrix dOut, Matrix dGate, Matrix dUp);

    /** Softmax of every row; y may be x. Entries of -infinity become 0. */
    void softmax(Matrix x, Matrix y);

    /** {@code dx = p * (dp - sum(dp * p))} row by row, p the result of {@link #softmax}; dx may be dp. */
    void softmaxBack(Matrix p, Matrix dp, Matrix dx);

    /**
     * Rotary position embedding in place, arXiv 2104.09864 with Hugging Face's halves: in each head of width
     * {@code 2 h}, {@code (x_i, x_{i+h})} turns by {@code position * frequencies[i]}. The matrix holds heads side by
     * side: [M, heads * headWidth].
     *
     * @param cosSin cosine and sine by position: [positions, headWidth], columns 0..h-1 cosine, h..2h-1 sine
     * @param positions [M] the row of cosSin for each row of x
     * @param inverse turn by the negative angle: the backward pass
     */
    void rope(Matrix x, int heads, Matrix cosSin, Index positions, boolean inverse);

    // ---- rows ----

    /** {@code y[i] = x[index[i]]}, zeros where the index is -1. Shapes: x [any, K], index [M], y [M, K]. */
    void gatherRows(Matrix x, Index index, Matrix y);

    /** {@code y[index[i]] += x[i]}, nothing where the index is -1; the order of additions is fixed. */
    void scatterAddRows(Matrix x, Index index, Matrix y);

    /** {@code y[index[i]] = x[i]}, nothing where the index is -1; no row may be written twice. */
    void placeRows(Matrix x, Index index, Matrix y);

    /** {@code y += x}. */
    void add(Matrix x, Matrix y);

    /** Adds one row to every row in place: {@code y[m] += row[0]}; row [1, N]. */
    void addRow(Matrix row, Matrix y);

    /** {@code row[0] += sum over m of x[m]}; row [1, N], the order of additions fixed. */
    void sumRows(Matrix x, Matrix row);

    /** {@code x *= factor} in place. */
    void scale(Matrix x, float factor);

    /** {@code x = value} everywhere. */
    void fill(Matrix x, float value);

    /** {@code y = x}, shapes equal, strides free. */
    void copy(Matrix x, Matrix y);

    /** {@code y = x}, sizes equal, strides free: the other order of a view's columns, for instance. */
    void copy(Block x, Block y);

    // ---- loss ----

    /**
     * For each row of logits: the log-probability of its target and the entropy of the distribution, in nats; the
     * logits are kept. Sums run in double precision.
     *
     * @param logits [M, V]
     * @param targets [M] in 0..V-1
     * @param logSumExp [M] out, for {@link #tokenScoresBack}
     * @param logProbability [M] out
     * @param entropy [M] out
     */
    void tokenScores(Matrix logits, Index targets, double[] logSumExp, double[] logProbability, double[] entropy);

    /**
     * Replaces logits z by the slope of a loss L in place: {@code dz = a (onehot(target) - p) - b p (log p + H)} with
     * {@code a = dL/dlogProbability} and {@code b = dL/dentropy} of the row.
     */
    void tokenScoresBack(
            Matrix logits,
            Index targets,
            double[] logSumExp,
            double[] entropy,
            double[] logProbabilitySlope,
            double[] entropySlope);

    // ---- optimiser ----

    /** Sum of squares in double precision, the order of additions fixed; NaN or infinity if any entry is. */
    double sumOfSquares(Matrix x);

    /**
     * One step of Adam with decoupled weight decay (AdamW, arXiv 1711.05101, epsilon outside the bias-corrected root as
     * in PyTorch): with {@code g = gradientScale * gradient}, {@code m = b1 m + (1-b1) g}, {@code v = b2 v + (1-b2)
     * g^2}, {@code w -= rate (m / (1-b1^t)) / (sqrt(v / (1-b2^t)) + epsilon) + rate decay w}.
     */
    void adamW(Matrix weight, Matrix gradient, Matrix firstMoment, Matrix secondMoment, AdamWStep step);

    // ---- what some do as one ----

    /** Operations done as one, where these kernels have them. */
    default Optional<FusedKernels> fused() {
        return Optional.empty();
    }

    /** Frees what the kernels hold; matrices are freed by their owners. */
    @Override
    void close();
}
