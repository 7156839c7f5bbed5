package dev.wst.rewards.text;

/** Half a cosine wave between two values. */
final class Cosine {
    private Cosine() {}

    /**
     * end + (start - end) (1 + cos(pi t)) / 2.
     *
     * @param share t, from 0; beyond 1 it stays at the end
     */
    static double between(double start, double end, double share) {
        return end + (start - end) * (1 + Math.cos(Math.PI * Math.min(share, 1))) / 2;
    }
}
