package dev.wst.engine.nn;

import dev.wst.engine.tensor.Matrix;

/** Where the weights of a decoder come from. */
@FunctionalInterface
public interface TensorReader {
    /**
     * All numbers of a tensor, row by row.
     *
     * @param name as Hugging Face names it
     * @param shape what the decoder expects
     */
    float[] read(String name, int... shape);

    /**
     * Reads into a matrix; a source that can does so without holding all numbers on the way.
     *
     * @param target dense
     */
    default void readInto(Matrix target, String name, int... shape) {
        target.write(read(name, shape));
    }
}
