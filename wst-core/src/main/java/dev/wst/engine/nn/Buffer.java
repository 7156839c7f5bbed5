package dev.wst.engine.nn;

import dev.wst.engine.tensor.DeviceMemoryException;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * Memory that is kept between steps: grown when a larger batch comes, never freed in between. A view handed out is good
 * until the next one is asked for.
 */
final class Buffer implements Place, AutoCloseable {
    private final Kernels kernels;
    private final String name;
    private @Nullable Matrix memory;

    /** Takes no memory yet; the name is what a message calls it. */
    Buffer(Kernels kernels, String name) {
        this.kernels = kernels;
        this.name = name;
    }

    @Override
    public Matrix of(int rows, int columns) {
        Matrix held = memory;
        long needed = (long) rows * columns;
        if (held != null && held.columns() >= needed) {
            return held.reshaped(rows, columns);
        }
        requireOneMatrix(name, rows, columns);
        // A quarter more than asked for, so that slowly growing batches do not allocate every time.
        long size = held == null ? needed : Math.min(Matrix.MOST_NUMBERS, needed + needed / 4);
        return allocated((int) size).reshaped(rows, columns);
    }

    /** How many numbers that are; refuses more than one matrix holds. */
    static long requireOneMatrix(String name, int rows, int columns) {
        long needed = (long) rows * columns;
        if (needed > Matrix.MOST_NUMBERS) {
            throw new IllegalArgumentException(name + ": " + rows + " x " + columns + " numbers do not fit one"
                    + " matrix, which holds " + Matrix.MOST_NUMBERS + "; shorter texts or fewer at once need less");
        }
        return needed;
    }

    /** Makes room for so many numbers and no more. */
    void exactly(int needed) {
        if (numbers() < needed) {
            allocated(needed);
        }
    }

    /** Some of the numbers that there is room for, as one row. */
    Matrix part(int from, int count) {
        if (memory == null) {
            throw new IllegalStateException(name + ": there is no room yet");
        }
        return memory.columns(from, count);
    }

    private Matrix allocated(int size) {
        close();
        Matrix grown = taken(size);
        memory = grown;
        return grown;
    }

    /** Numbers that there is room for. */
    int numbers() {
        return memory == null ? 0 : memory.columns();
    }

    long bytes() {
        return (long) numbers() * Float.BYTES;
    }

    private Matrix taken(int size) {
        try {
            return kernels.allocate(1, size);
        } catch (DeviceMemoryException e) {
            throw e.of(name);
        }
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
            memory = null;
        }
    }
}
