package dev.wst.engine.nn;

/** Where the weights of a decoder go. */
@FunctionalInterface
public interface TensorWriter {
    /** Takes all numbers of a tensor, row by row. */
    void write(String name, int[] shape, float[] values);
}
