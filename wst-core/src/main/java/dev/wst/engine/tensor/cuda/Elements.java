package dev.wst.engine.tensor.cuda;

import dev.wst.engine.tensor.Matrix;

/**
 * The elements of matrices of one shape, one a thread, each row in blocks of its own. Where all rows follow each other without
 * gaps they are one long row.
 *
 * @param rows [M]
 * @param columns of each row
 */
record Elements(long rows, long columns) {
    /** Threads of a block. */
    static final int THREADS = 256;

    static Elements of(Matrix first, Matrix... others) {
        boolean dense = first.isDense();
        for (Matrix other : others) {
            if (other.rows() != first.rows() || other.columns() != first.columns()) {
                throw new IllegalArgumentException(first + " and " + other + " differ in shape");
            }
            dense &= other.isDense();
        }
        return dense
                ? new Elements(1, (long) first.rows() * first.columns())
                : new Elements(first.rows(), first.columns());
    }

    /** Blocks that a row takes. */
    long chunks() {
        return blocksOf(columns);
    }

    long blocks() {
        return rows * chunks();
    }

    /** Blocks for so many threads. */
    static long blocksOf(long threads) {
        return (threads + THREADS - 1) / THREADS;
    }
}
