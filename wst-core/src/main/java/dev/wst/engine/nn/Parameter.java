package dev.wst.engine.nn;

import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;

/**
 * A trainable tensor: its numbers, their gradient and AdamW's moments, all of one shape. The value may be a part of a
 * larger matrix; the rest is owned here.
 *
 * @param name as Hugging Face or PEFT names it
 */
public record Parameter(String name, Matrix value, Matrix gradient, Matrix firstMoment, Matrix secondMoment)
        implements AutoCloseable {

    static Parameter of(String name, Matrix value, Kernels kernels) {
        int rows = value.rows();
        int columns = value.columns();
        return new Parameter(
                name,
                value,
                kernels.allocate(rows, columns),
                kernels.allocate(rows, columns),
                kernels.allocate(rows, columns));
    }

    @Override
    public void close() {
        gradient.close();
        firstMoment.close();
        secondMoment.close();
    }
}
