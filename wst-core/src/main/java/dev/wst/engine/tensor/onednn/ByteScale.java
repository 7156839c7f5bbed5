package dev.wst.engine.tensor.onednn;

/**
 * How some numbers are rounded to whole ones between -127 and 127: {@code q = round(factor x)}, {@code x = scale q} within half
 * a scale.
 *
 * @param factor what a number is multiplied with
 * @param scale the largest magnitude over 127
 */
record ByteScale(float factor, float scale) {
    private static final int MOST = 127;
    /** Below, the factor overflows; such numbers are rounded to zero. */
    private static final float SMALLEST = 1e-36f;
    /** Adding it leaves no room for digits behind the point: rounds to the nearest number, to the even one of two. */
    private static final float WHOLE = 3 << 22;

    /** For all numbers of a row; not a number where one of them is not. */
    static ByteScale of(float[] row) {
        float largest = largest(row);
        return new ByteScale(largest < SMALLEST ? 0 : MOST / largest, largest / MOST);
    }

    /** The largest magnitude: halves laid over each other, which the compiler turns into vectors as it does not a maximum. */
    private static float largest(float[] row) {
        int length = (row.length + 1) / 2;
        float[] left = new float[length];
        for (int i = 0; i < length; i++) {
            left[i] = Math.max(Math.abs(row[i]), Math.abs(row[row.length - length + i]));
        }
        while (length > 1) {
            int rest = length / 2;
            int kept = length - rest;
            for (int i = 0; i < rest; i++) {
                left[i] = Math.max(left[i], left[i + kept]);
            }
            length = kept;
        }
        return left[0];
    }

    /** The nearest whole number of one between -2^22 and 2^22, the even one of two. */
    static float whole(float x) {
        return x + WHOLE - WHOLE;
    }
}
