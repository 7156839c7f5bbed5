package dev.wst.engine.tensor.host;

import dev.wst.engine.tensor.Block;
import java.nio.FloatBuffer;

/** Copies of single matrices out of a {@link Block} and back, on the host. */
final class Blocks {
    private Blocks() {}

    /** The matrix at a batch position as a dense [rows, columns] array. */
    static float[] read(Block block, int i0, int i1, int i2) {
        int rows = block.sizes()[3];
        int columns = block.sizes()[4];
        FloatBuffer buffer = block.memory().buffer();
        int start = (int) (block.memory().offset() + block.start(i0, i1, i2));
        int rowStride = (int) block.strides()[3];
        int columnStride = (int) block.strides()[4];
        float[] values = new float[rows * columns];
        if (columnStride == 1) {
            for (int r = 0; r < rows; r++) {
                buffer.get(start + r * rowStride, values, r * columns, columns);
            }
        } else {
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    values[r * columns + c] = buffer.get(start + r * rowStride + c * columnStride);
                }
            }
        }
        return values;
    }

    /** Writes a dense [rows, columns] array to the matrix at a batch position. */
    static void write(Block block, int i0, int i1, int i2, float[] values) {
        int rows = block.sizes()[3];
        int columns = block.sizes()[4];
        FloatBuffer buffer = block.memory().buffer();
        int start = (int) (block.memory().offset() + block.start(i0, i1, i2));
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                buffer.put(
                        start + r * (int) block.strides()[3] + c * (int) block.strides()[4], values[r * columns + c]);
            }
        }
    }
}
