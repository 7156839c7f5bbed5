package dev.wst.engine.tensor;

/** A weight prepared for {@link Kernels#linear} and {@link Kernels#linearBack}. */
public interface Weight extends AutoCloseable {
    /** N, the number of output features. */
    int outputs();

    /** K, the number of input features. */
    int inputs();

    /** Reads the matrix again after its numbers changed. */
    void refresh();

    /** Whether the matrix that it was made from may be freed, where it is not changed. */
    default boolean standsAlone() {
        return false;
    }

    /** Bytes of the copy that {@link Kernels#linear} reads; 0 where it reads the matrix itself. */
    default long forwardBytes() {
        return 0;
    }

    /** Bytes of the copy that {@link Kernels#linearBack} reads; 0 where there is none, or not yet. */
    default long backwardBytes() {
        return 0;
    }

    /** Frees the packed copies, not the matrix they were made from. */
    @Override
    void close();
}
