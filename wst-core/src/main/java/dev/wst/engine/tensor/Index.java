package dev.wst.engine.tensor;

/**
 * Numbers of rows, prepared for the kernels that take them by {@link Kernels#index}: a device receives them once and every
 * layer uses them. Closed by whoever had it made.
 */
public interface Index extends AutoCloseable {
    /** How many numbers these are. */
    int length();

    /** Frees the prepared copy, if there is one. */
    @Override
    void close();
}
