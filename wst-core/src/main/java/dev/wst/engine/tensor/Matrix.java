package dev.wst.engine.tensor;

import java.nio.FloatBuffer;
import java.util.function.LongFunction;

/**
 * A row-major FP32 matrix [rows, columns], or a view of part of one, in the {@link Storage} that its kernels brought. Rows are
 * contiguous; a column range of a wider matrix has a row stride larger than its columns.
 *
 * <p>Views share memory with the matrix they came from and die with it; only the matrix that was allocated frees it.
 */
public final class Matrix implements AutoCloseable {
    /** The most numbers of one matrix: the host sees its memory through a buffer, which has at most 2 GB. */
    public static final int MOST_NUMBERS = (Integer.MAX_VALUE - 8) / Float.BYTES;

    private final Storage storage;
    private final long offset;
    private final int rows;
    private final int columns;
    private final int rowStride;
    private final boolean owner;

    private Matrix(Storage storage, long offset, int rows, int columns, int rowStride, boolean owner) {
        this.storage = storage;
        this.offset = offset;
        this.rows = rows;
        this.columns = columns;
        this.rowStride = rowStride;
        this.owner = owner;
    }

    /**
     * A new matrix that owns its memory.
     *
     * @param memory gives as many zeros as it is asked for
     */
    public static Matrix in(LongFunction<? extends Storage> memory, int rows, int columns) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "a matrix needs at least one row and column, got " + rows + " x " + columns);
        }
        if ((long) rows * columns > MOST_NUMBERS) {
            throw new IllegalArgumentException(
                    "a matrix holds at most " + MOST_NUMBERS + " numbers (2 GB), got " + rows + " x " + columns);
        }
        return new Matrix(memory.apply((long) rows * columns), 0, rows, columns, columns, true);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** Floats from one row to the next. */
    public int rowStride() {
        return rowStride;
    }

    /** Floats from the first element of this view to one past its last. */
    public long extent() {
        return (rows - 1L) * rowStride + columns;
    }

    /** Whether the rows follow each other without gaps. */
    public boolean isDense() {
        return rowStride == columns || rows == 1;
    }

    /** Rows {@code from .. from + count - 1}, sharing memory. */
    public Matrix rows(int from, int count) {
        checkRange("row", from, count, rows);
        return new Matrix(storage, offset + (long) from * rowStride, count, columns, rowStride, false);
    }

    /** Columns {@code from .. from + count - 1}, sharing memory. */
    public Matrix columns(int from, int count) {
        checkRange("column", from, count, columns);
        return new Matrix(storage, offset + from, rows, count, rowStride, false);
    }

    /** The first {@code newRows * newColumns} numbers of a dense matrix under another shape, sharing memory. */
    public Matrix reshaped(int newRows, int newColumns) {
        if (!isDense() || (long) newRows * newColumns > (long) rows * columns || newRows < 1 || newColumns < 1) {
            throw new IllegalArgumentException("cannot look at " + this + " as " + newRows + " x " + newColumns);
        }
        return new Matrix(storage, offset, newRows, newColumns, newColumns, false);
    }

    /** Copies {@code rows * columns} numbers, row by row, into this matrix. */
    public void write(float[] source) {
        checkLength(source.length);
        if (isDense()) {
            storage.write(offset, source, 0, source.length);
            return;
        }
        for (int r = 0; r < rows; r++) {
            storage.write(offset + (long) r * rowStride, source, r * columns, columns);
        }
    }

    /** Copies all numbers, row by row, into {@code target}. */
    public void read(float[] target) {
        checkLength(target.length);
        if (isDense()) {
            storage.read(offset, target, 0, target.length);
            return;
        }
        for (int r = 0; r < rows; r++) {
            storage.read(offset + (long) r * rowStride, target, r * columns, columns);
        }
    }

    /** Copies row {@code row} into {@code target[from ..]}. */
    public void readRow(int row, float[] target, int from) {
        checkRange("row", row, 1, rows);
        storage.read(offset + (long) row * rowStride, target, from, columns);
    }

    /** Copies {@code source[from ..]} into row {@code row}. */
    public void writeRow(int row, float[] source, int from) {
        checkRange("row", row, 1, rows);
        storage.write(offset + (long) row * rowStride, source, from, columns);
    }

    /** All numbers, row by row. */
    public float[] toArray() {
        float[] all = new float[Math.multiplyExact(rows, columns)];
        read(all);
        return all;
    }

    /** The memory that this matrix, and every view of it, lies in. */
    public Storage storage() {
        return storage;
    }

    /** Floats from the beginning of the memory to the first element of this view. */
    public long offset() {
        return offset;
    }

    /** The address of the first element; in the host's memory only. */
    public long address() {
        return host().address() + offset * Float.BYTES;
    }

    /** The whole memory as a buffer; {@link #offset()} is this view's first element. In the host's memory only. */
    public FloatBuffer buffer() {
        return host().buffer();
    }

    private HostStorage host() {
        if (storage instanceof HostStorage host) {
            return host;
        }
        throw new IllegalStateException(this + " does not lie in the host's memory");
    }

    /** Frees the memory if this matrix was allocated; does nothing on a view or a second time. */
    @Override
    public void close() {
        if (owner) {
            storage.close();
        }
    }

    @Override
    public String toString() {
        return "Matrix[" + rows + " x " + columns + (isDense() ? "" : ", row stride " + rowStride) + "]";
    }

    private void checkLength(int length) {
        if (length != (long) rows * columns) {
            throw new IllegalArgumentException(
                    "expected " + (long) rows * columns + " numbers for " + this + ", got " + length);
        }
    }

    private static void checkRange(String what, int from, int count, int size) {
        if (from < 0 || count < 1 || (long) from + count > size) {
            throw new IllegalArgumentException(
                    what + "s " + from + " to " + ((long) from + count - 1) + " of a matrix that has " + size);
        }
    }
}
