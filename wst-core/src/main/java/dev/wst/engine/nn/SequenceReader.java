package dev.wst.engine.nn;

/** Takes what a decoder says of continuations, one at a time. */
@FunctionalInterface
public interface SequenceReader {
    /**
     * Takes one continuation.
     *
     * @param sequence its number in the batch
     * @param logProbabilities [T] nats
     * @param entropies [T] nats
     * @param states [T, W] the normed hidden state that each token was predicted from
     */
    void read(int sequence, double[] logProbabilities, double[] entropies, float[][] states);
}
