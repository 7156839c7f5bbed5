package dev.wst.teacher;

import com.google.common.base.Preconditions;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.Matrix;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What matrices on a card held when the teacher last began to write, in the host's memory: a card that failed is not read any more. So
 * it is copied once a step, however many updates a step has.
 */
final class HostCopy {
    private final Map<Matrix, float[]> numbers = new HashMap<>();
    private final Matrix first;
    private int updates;
    private boolean isOld;

    HostCopy(Collection<Matrix> matrices, int updates) {
        matrices.forEach(matrix -> numbers.put(matrix, matrix.toArray()));
        this.first = matrices.iterator().next();
        this.updates = updates;
    }

    /** Copies all if they were changed since. A card that failed in an update says so at the first, before anything is replaced. */
    void take(int updates) {
        if (isOld) {
            numbers.forEach(Matrix::read);
            this.updates = updates;
            isOld = false;
        }
    }

    /** To be called after the matrices were changed. */
    void growOld() {
        isOld = true;
    }

    /** Whether the card gives its numbers no more. */
    boolean isAllThereIs() {
        try {
            first.readRow(0, new float[first.columns()], 0);
            return false;
        } catch (BackendException e) {
            return true;
        }
    }

    /** Of a matrix, row by row. */
    float[] of(Matrix matrix) {
        return Preconditions.checkNotNull(numbers.get(matrix), "%s is not copied", matrix);
    }

    /** Optimiser steps made by then. */
    int updates() {
        return updates;
    }
}
