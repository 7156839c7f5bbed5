package dev.wst.engine.nn;

import dev.wst.engine.tensor.Matrix;

/** Where a matrix lies whose size depends on the batch. */
interface Place {
    /** A dense [rows, columns] matrix with whatever was there before. */
    Matrix of(int rows, int columns);
}
