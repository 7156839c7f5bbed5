package dev.wst.engine.nn;

import dev.wst.engine.tensor.Matrix;

/** A {@link Buffer} whose rows have one width, whatever the batch. */
record Rows(Buffer buffer, int columns) {
    /** A dense [rows, columns] matrix with whatever it held before. */
    Matrix of(int rows) {
        return buffer.of(rows, columns);
    }
}
