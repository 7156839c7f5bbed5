package dev.wst.engine.tensor.onednn;

import dev.wst.Precision;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.host.CpuKernels;
import dev.wst.engine.tensor.host.RowPool;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Which weights are kept in fewer bits, and in how many.
 *
 * @param smallest numbers of the smallest weight that is
 * @param type what it is kept in
 * @param description for the start-up log
 */
record WeightPrecision(long smallest, int type, String description) {
    /** In the names of oneDNN's code for processors that multiply in BF16; AVX10 and FP16 come with it. */
    private static final Pattern BF16_INSTRUCTIONS = Pattern.compile("bf16|fp16|amx|avx10");
    /** Weights with fewer numbers stay in a processor's cache either way, and rounding what they read costs as much as it saves. */
    static final long LARGE = 1 << 17;
    /** The shape that is tried: a feed-forward layer of a small model, for a decode step of a full batch. */
    private static final int ROWS = 64;

    private static final int INPUTS = 576;
    private static final int OUTPUTS = 1536;
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
                    roundedCode(kernels);
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

    /**
     * BF16 for large weights on processors that have instructions for it, by the name of oneDNN's code: 1.4 to 4 times as fast
     * as FP32 there. Not by a stopwatch: a machine that is busy at the start would choose another precision than the one before,
     * and a run that is resumed would go on with other numbers.
     */
    static WeightPrecision fastest() {
        return Fastest.HERE;
    }

    /** Found when it is first asked for. */
    private static final class Fastest {
        static final WeightPrecision HERE = found();
    }

    private static WeightPrecision found() {
        String code;
        try (OneDnnKernels kernels = OneDnnKernels.load(
                new RowPool(Runtime.getRuntime().availableProcessors()), Optional.of(Precision.FP32))) {
            code = roundedCode(kernels);
        } catch (IllegalStateException e) {
            return exact("FP32 (BF16 does not run here: " + e.getMessage() + ")");
        }
        return BF16_INSTRUCTIONS.matcher(code).find()
                ? new WeightPrecision(
                        LARGE, OneDnn.BF16, "weights in BF16 (this processor has instructions for it: " + code + ")")
                : exact("FP32 (this processor has no instructions for BF16: " + code + ")");
    }

    /** Multiplies once in BF16, and tells by what code. */
    private static String roundedCode(OneDnnKernels kernels) {
        try (Matrix x = random(ROWS, INPUTS);
                Matrix plain = random(OUTPUTS, INPUTS);
                Matrix y = CpuKernels.zeros(ROWS, OUTPUTS);
                OneDnnWeight rounded = OneDnnWeight.of(kernels.weight(plain, OneDnn.BF16))) {
            kernels.linear(x, rounded, y, false);
            return rounded.forward().implementation();
        }
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
