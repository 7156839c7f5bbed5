package dev.wst.engine.tensor;

import java.util.Arrays;

/**
 * A strided view of a matrix's memory: a batch [n0, n1, n2] of [rows, columns]. Strides count floats; a batch size of 1
 * broadcasts.
 *
 * @param memory the memory looked at; its own rows and columns do not matter, only its bounds
 * @param offset first element, counted from the memory's first element
 * @param sizes [n0, n1, n2, rows, columns]
 * @param strides of the same five dimensions
 */
public record Block(Matrix memory, long offset, int[] sizes, long[] strides) {

    public Block {
        sizes = sizes.clone();
        strides = strides.clone();
        if (sizes.length != 5 || strides.length != 5) {
            throw new IllegalArgumentException("a block has five dimensions; sizes " + Arrays.toString(sizes)
                    + ", strides " + Arrays.toString(strides));
        }
        long last = offset;
        for (int i = 0; i < 5; i++) {
            if (sizes[i] < 1 || strides[i] < 0) {
                throw new IllegalArgumentException("sizes must be at least 1 and strides at least 0; sizes "
                        + Arrays.toString(sizes) + ", strides " + Arrays.toString(strides));
            }
            last += (sizes[i] - 1L) * strides[i];
        }
        if (offset < 0 || last >= memory.extent()) {
            throw new IllegalArgumentException("the block ends at element " + last + " of a memory of "
                    + memory.extent() + "; offset " + offset + ", sizes " + Arrays.toString(sizes) + ", strides "
                    + Arrays.toString(strides));
        }
    }

    /** The matrix itself as a batch of one. */
    public static Block of(Matrix matrix) {
        return new Block(matrix, 0, new int[] {1, 1, 1, matrix.rows(), matrix.columns()}, new long[] {
            0, 0, 0, matrix.rowStride(), 1
        });
    }

    /** Elements from the memory's first to the matrix at a batch position; a batch of one broadcasts. */
    public long start(int i0, int i1, int i2) {
        return offset
                + (sizes[0] == 1 ? 0 : i0 * strides[0])
                + (sizes[1] == 1 ? 0 : i1 * strides[1])
                + (sizes[2] == 1 ? 0 : i2 * strides[2]);
    }

    /** {@code count} from number {@code from} on along one of the five dimensions; a batch of one is the same for all. */
    public Block part(int dimension, int from, int count) {
        if (sizes[dimension] == 1) {
            return this;
        }
        int[] some = sizes.clone();
        some[dimension] = count;
        return new Block(memory, offset + from * strides[dimension], some, strides);
    }

    /** Rows and columns exchanged. */
    public Block transposed() {
        return new Block(memory, offset, new int[] {sizes[0], sizes[1], sizes[2], sizes[4], sizes[3]}, new long[] {
            strides[0], strides[1], strides[2], strides[4], strides[3]
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Block that
                && memory == that.memory
                && offset == that.offset
                && Arrays.equals(sizes, that.sizes)
                && Arrays.equals(strides, that.strides);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(offset) + Arrays.hashCode(sizes)) + Arrays.hashCode(strides);
    }
}
