package dev.wst.engine.tensor;

/**
 * The memory behind a matrix and its views, counted in FP32 numbers. Each implementation of the kernels brings the one it
 * computes on: the host's memory, an ND4J array, a device's.
 */
public interface Storage {

    /** Copies {@code count} numbers from element {@code from} on to {@code target[at ..]}. */
    void read(long from, float[] target, int at, int count);

    /** Copies {@code source[at ..]}, {@code count} numbers, to element {@code from} and those after it. */
    void write(long from, float[] source, int at, int count);

    /** Frees the memory; does nothing a second time. A use after that is a {@link dev.wst.ClosedException}. */
    void close();
}
