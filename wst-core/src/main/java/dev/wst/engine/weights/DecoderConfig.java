package dev.wst.engine.weights;

/**
 * The shape of a decoder.
 *
 * @param width W, of the residual stream
 * @param layers number of layers
 * @param heads H, query heads
 * @param keyValueHeads K, key-value heads; divides H
 * @param headWidth D, even
 * @param ffnWidth F
 * @param vocabulary V
 * @param epsilon of every RMS norm
 * @param inverseFrequencies [D / 2] angle by which one position turns each pair
 * @param attentionBias whether query, key and value projections add a bias (Qwen2)
 * @param tiedEmbeddings whether the head is the embedding itself
 */
public record DecoderConfig(
        int width,
        int layers,
        int heads,
        int keyValueHeads,
        int headWidth,
        int ffnWidth,
        int vocabulary,
        float epsilon,
        double[] inverseFrequencies,
        boolean attentionBias,
        boolean tiedEmbeddings) {

    public DecoderConfig {
        if (width < 1
                || layers < 1
                || heads < 1
                || keyValueHeads < 1
                || headWidth < 2
                || ffnWidth < 1
                || vocabulary < 1) {
            throw new IllegalArgumentException("every size of a decoder must be positive; width " + width + ", layers "
                    + layers + ", heads " + heads + ", key-value heads " + keyValueHeads + ", head width " + headWidth
                    + ", feed-forward width " + ffnWidth + ", vocabulary " + vocabulary);
        }
        if (heads % keyValueHeads != 0) {
            throw new IllegalArgumentException(
                    heads + " query heads cannot share " + keyValueHeads + " key-value heads evenly");
        }
        if (headWidth % 2 != 0 || inverseFrequencies.length != headWidth / 2) {
            throw new IllegalArgumentException(
                    "rotary embedding needs an even head width and a frequency for each pair;" + " head width "
                            + headWidth + ", frequencies " + inverseFrequencies.length);
        }
        inverseFrequencies = inverseFrequencies.clone();
    }

    /** Q, query heads that share one key-value head. */
    public int sharing() {
        return heads / keyValueHeads;
    }

    /** What attention multiplies its scores by: one over the root of D. */
    public float attentionScale() {
        return (float) (1 / Math.sqrt(headWidth));
    }

    /** Heads of queries, keys and values side by side: H + 2 K. */
    public int projectedHeads() {
        return heads + 2 * keyValueHeads;
    }
}
