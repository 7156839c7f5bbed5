package dev.wst.engine.model;

import dev.wst.engine.nn.TensorReader;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.TensorSource;

/** The tensors of a model's files as its decoder asks for them. */
record FileTensors(TensorSource files) implements TensorReader {
    @Override
    public float[] read(String name, int... shape) {
        return files.read(name, shape);
    }

    @Override
    public void readInto(Matrix target, String name, int... shape) {
        Matrix row = target.reshaped(1, target.rows() * target.columns());
        files.read((from, values, count) -> row.columns(from, count).writeRow(0, values, 0), name, shape);
    }
}
