package dev.wst.engine.tensor.host;

/** Sums over a row in many lanes, which the compiler turns into vector instructions; a sum in one lane it does not. */
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

    /** {@code sum p (z - shift)}. */
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
