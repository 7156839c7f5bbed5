package dev.wst.engine.nn;

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
}
