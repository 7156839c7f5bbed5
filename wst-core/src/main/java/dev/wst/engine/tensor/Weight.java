package dev.wst.engine.tensor;

/** A weight prepared for {@link Kernels#linear} and {@link Kernels#linearBack}. */
public interface Weight extends AutoCloseable {
    /** N, the number of output features. */
    int outputs();

    /** K, the number of input features. */
    int inputs();

    /** Reads the matrix again after its numbers changed. */
    void refresh();

    /** Frees the packed copies, not the matrix they were made from. */
    @Override
    void close();
}
