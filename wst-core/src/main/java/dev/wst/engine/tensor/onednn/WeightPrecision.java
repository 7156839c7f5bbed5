package dev.wst.engine.tensor.onednn;

import dev.wst.Precision;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import dev.wst.engine.tensor.host.CpuKernels;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Which weights are kept in BF16.
 *
 * @param smallest numbers of the smallest weight that is
 * @param description for the start-up log
 */
record WeightPrecision(long smallest, String description) {
    /** How much faster a product in BF16 must be for it to be chosen. */
    private static final double WORTHWHILE = 1.3;
    /** Weights with fewer numbers stay in a processor's cache either way, and rounding what they read costs as much as it saves. */
    private static final long LARGE = 1 << 17;
    /** The shape that is tried: a feed-forward layer of a small model, for a decode step of a full batch. */
    private static final int ROWS = 64;

    private static final int INPUTS = 576;
    private static final int OUTPUTS = 1536;
    /** The fastest of so many counts: a machine that is busy at the same time is slower, never faster. */
    private static final int TRIES = 40;

    /**
     * As asked for.
     *
     * @throws BackendException if this processor does not compute in it
     */
    static WeightPrecision of(Precision precision, OneDnnKernels kernels) {
        return switch (precision) {
            case FP32 -> new WeightPrecision(Long.MAX_VALUE, "FP32");
            case TF32 ->
                throw new BackendException("TF32 is computed by cards only; leave the precision out, or ask for FP32");
            case BF16 -> {
                try {
                    gain(kernels, 1);
                } catch (IllegalStateException e) {
                    throw new BackendException(
                            "products in BF16 do not run on this processor (" + e.getMessage()
                                    + "); leave the precision out, or ask for FP32",
                            e);
                }
                yield new WeightPrecision(0, "weights in BF16");
            }
        };
    }

    /** BF16 for large weights where this machine's product in BF16 is much faster, found by trying. */
    static WeightPrecision fastest(OneDnnKernels kernels) {
        double gain;
        try {
            gain = gain(kernels, TRIES);
        } catch (IllegalStateException e) {
            return new WeightPrecision(Long.MAX_VALUE, "FP32 (BF16 does not run here: " + e.getMessage() + ")");
        }
        String measured = String.format(Locale.ROOT, "a product in BF16 is %.1f times as fast as in FP32 here", gain);
        return gain >= WORTHWHILE
                ? new WeightPrecision(LARGE, "weights in BF16 (" + measured + ")")
                : new WeightPrecision(Long.MAX_VALUE, "FP32 (" + measured + ")");
    }

    private static double gain(OneDnnKernels kernels, int tries) {
        try (Matrix x = random(ROWS, INPUTS);
                Matrix plain = random(OUTPUTS, INPUTS);
                Matrix y = CpuKernels.zeros(ROWS, OUTPUTS);
                Weight exact = kernels.weight(plain, OneDnn.F32);
                Weight rounded = kernels.weight(plain, OneDnn.BF16)) {
            long exactTime = Long.MAX_VALUE;
            long roundedTime = Long.MAX_VALUE;
            for (int i = 0; i < tries; i++) {
                exactTime = Math.min(exactTime, time(kernels, x, exact, y));
                roundedTime = Math.min(roundedTime, time(kernels, x, rounded, y));
            }
            return (double) exactTime / roundedTime;
        }
    }

    private static long time(OneDnnKernels kernels, Matrix x, Weight weight, Matrix y) {
        long start = System.nanoTime();
        kernels.linear(x, weight, y, false);
        return System.nanoTime() - start;
    }

    private static Matrix random(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(1);
        float[] numbers = new float[rows * columns];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        Matrix matrix = CpuKernels.zeros(rows, columns);
        matrix.write(numbers);
        return matrix;
    }

    /** What a weight is packed in. */
    int typeOf(Matrix weight) {
        return (long) weight.rows() * weight.columns() >= smallest ? OneDnn.BF16 : OneDnn.F32;
    }
}
