package dev.wst.engine.tensor;

/**
 * How attention's heads lie in a row of projections: queries [H, D], keys [K, D], values [K, D], side by side.
 *
 * @param queries H
 * @param keyValues K, each shared by H / K query heads (arXiv 2305.13245)
 * @param width D
 * @param scale factor on scores, usually 1 / sqrt(D)
 */
public record HeadShape(int queries, int keyValues, int width, float scale) {
    public HeadShape {
        if (keyValues < 1 || queries % keyValues != 0 || width < 1) {
            throw new IllegalArgumentException(
                    queries + " query heads cannot share " + keyValues + " key-value heads of width " + width);
        }
    }

    /** Q, query heads of a key-value head. */
    public int sharing() {
        return queries / keyValues;
    }

    /** Numbers of a row of projections. */
    public int projected() {
        return (queries + 2 * keyValues) * width;
    }

    /** Numbers of a row of keys and values. */
    public int cached() {
        return 2 * keyValues * width;
    }
}
