package dev.wst.engine.tensor.onednn;

import dev.wst.Precision;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import dev.wst.engine.tensor.host.CpuKernels;
import dev.wst.engine.tensor.host.RowPool;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which weights are kept in fewer bits, and in how many.
 *
 * @param smallest numbers of the smallest weight that is
 * @param type what it is kept in
 * @param description for the start-up log
 */
record WeightPrecision(long smallest, int type, String description) {
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
            case FP32 -> exact("FP32");
            case TF32 ->
                throw new BackendException("TF32 is computed by cards only; leave the precision out, or ask for FP32");
            case BF16 -> {
                try {
                    gain(kernels, 1);
                } catch (IllegalStateException e) {
                    throw refused("BF16", "FP32", e);
                }
                yield new WeightPrecision(0, OneDnn.BF16, "weights in BF16");
            }
            case INT8 -> {
                try {
                    requireRoom(kernels);
                } catch (IllegalStateException e) {
                    throw refused("INT8", "BF16 or FP32", e);
                }
                yield new WeightPrecision(0, OneDnn.S8, "weights in INT8");
            }
        };
    }

    private static WeightPrecision exact(String description) {
        return new WeightPrecision(Long.MAX_VALUE, OneDnn.F32, description);
    }

    private static BackendException refused(String precision, String others, IllegalStateException cause) {
        return new BackendException(
                "products in " + precision + " do not run on this processor (" + cause.getMessage()
                        + "); leave the precision out, or ask for " + others,
                cause);
    }

    /** Adds up as many ones as there are inputs, through the largest numbers of 8 bits: older processors cut such sums off. */
    private static void requireRoom(OneDnnKernels kernels) {
        try (Matrix ones = CpuKernels.zeros(1, INPUTS);
                Matrix y = CpuKernels.zeros(1, 1)) {
            kernels.fill(ones, 1);
            try (ByteWeight weight = kernels.bytes().weight(ones)) {
                String implementation = kernels.bytes().implementation(ROWS, weight);
                if (implementation.startsWith("ref")) {
                    throw new IllegalStateException("oneDNN has only its reference code for them: " + implementation);
                }
                kernels.linear(ones, weight, y, false);
            }
            float sum = y.toArray()[0];
            if (Math.abs(sum - INPUTS) > 0.1f * INPUTS) {
                throw new IllegalStateException(INPUTS + " ones add up to " + sum);
            }
        }
    }

    /** BF16 for large weights where this machine's product in BF16 is much faster, found by trying, once in a process. */
    static WeightPrecision fastest() {
        return Fastest.HERE;
    }

    /** Found when it is first asked for; models of one process so compute in the same precision. */
    private static final class Fastest {
        static final WeightPrecision HERE = tried();
    }

    private static WeightPrecision tried() {
        double gain;
        try (OneDnnKernels kernels = OneDnnKernels.load(
                new RowPool(Runtime.getRuntime().availableProcessors()), Optional.of(Precision.FP32))) {
            gain = gain(kernels, TRIES);
        } catch (IllegalStateException e) {
            return exact("FP32 (BF16 does not run here: " + e.getMessage() + ")");
        }
        String measured = String.format(Locale.ROOT, "a product in BF16 is %.1f times as fast as in FP32 here", gain);
        return gain >= WORTHWHILE
                ? new WeightPrecision(LARGE, OneDnn.BF16, "weights in BF16 (" + measured + ")")
                : exact("FP32 (" + measured + ")");
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
        return (long) weight.rows() * weight.columns() >= smallest ? type : OneDnn.F32;
    }
}
