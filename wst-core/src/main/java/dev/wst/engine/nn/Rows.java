package dev.wst.engine.nn;

import dev.wst.engine.tensor.Matrix;

/** A place whose rows have one width, whatever the batch. */
record Rows(Place place, int columns) {
    /** A dense [rows, columns] matrix with whatever it held before. */
    Matrix of(int rows) {
        return place.of(rows, columns);
    }
}
