package dev.wst.rl;

/**
 * The clipped surrogate of PPO (arXiv 1707.06347, equation 7) for one ratio, as a loss.
 *
 * @param low how far below one the ratio may go
 * @param high how far above one; larger than low in DAPO (arXiv 2503.14476)
 */
record Surrogate(double low, double high) {
    Surrogate {
        if (!(low > 0 && low < 1) || !(high > 0)) {
            throw new IllegalArgumentException(
                    "clip ranges must be positive and the lower one below 1, got " + low + " and " + high);
        }
    }

    /** {@code max(-A r, -A clip(r))}. */
    double loss(double ratio, double advantage) {
        return Math.max(-advantage * ratio, -advantage * clip(ratio));
    }

    /** The derivative by the log-ratio; 0 where the clipped branch is the larger. */
    double slope(double ratio, double advantage) {
        return clips(ratio, advantage) ? 0 : -advantage * ratio;
    }

    /** Whether the clipped branch decides. */
    boolean clips(double ratio, double advantage) {
        return -advantage * clip(ratio) > -advantage * ratio;
    }

    private double clip(double ratio) {
        return Math.max(1 - low, Math.min(1 + high, ratio));
    }
}
