package dev.wst.engine.tensor.host;

/**
 * Sums over a row, in FP64 in four lanes, to which a processor adds at the same time, or in FP32 in many, which the compiler turns into
 * vector instructions.
 */
public final class RowSums {
    private static final int LANES = 256;

    private RowSums() {}

    /** The largest number; NaN if one is. */
    public static float max(float[] numbers) {
        float max = numbers[0];
        for (float value : numbers) {
            max = Math.max(max, value);
        }
        return max;
    }

    /** {@code sum e}, in four lanes. */
    static double sum(float[] e) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < e.length; i += 4) {
            a += e[i];
            b += e[i + 1];
            c += e[i + 2];
            d += e[i + 3];
        }
        for (; i < e.length; i++) {
            a += e[i];
        }
        return (a + b) + (c + d);
    }

    /** {@code sum x y}, in four lanes. */
    static double dot(float[] x, float[] y) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < x.length; i += 4) {
            a += (double) x[i] * y[i];
            b += (double) x[i + 1] * y[i + 1];
            c += (double) x[i + 2] * y[i + 2];
            d += (double) x[i + 3] * y[i + 3];
        }
        for (; i < x.length; i++) {
            a += (double) x[i] * y[i];
        }
        return (a + b) + (c + d);
    }

    /** {@code sum p (z - shift)}, in many lanes. */
    public static double dotShifted(float[] p, float[] z, float shift) {
        float[] lanes = new float[LANES];
        int whole = p.length - p.length % LANES;
        for (int from = 0; from < whole; from += LANES) {
            addShifted(p, z, from, shift, lanes);
        }
        double sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        for (int i = whole; i < p.length; i++) {
            sum += (double) p[i] * (z[i] - shift);
        }
        return sum;
    }

    /** A method of its own, since loops around it keep the compiler from it. */
    private static void addShifted(float[] p, float[] z, int from, float shift, float[] lanes) {
        for (int i = 0; i < LANES; i++) {
            lanes[i] += p[from + i] * (z[from + i] - shift);
        }
    }
}
