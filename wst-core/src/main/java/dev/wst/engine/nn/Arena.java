package dev.wst.engine.nn;

import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Memory in which a pass lays its activations one after the other, and the next pass anew over them. It holds what the
 * largest pass took, where buffers of their own would together hold the largest of each kind that ever came.
 */
final class Arena implements AutoCloseable {
    /** Every matrix begins at a cache line. */
    private static final int ALIGNMENT = 16;

    private final Kernels kernels;
    /** One, unless a pass needs more than one matrix holds. */
    private final List<Buffer> slabs = new ArrayList<>();

    private long pass;
    private int current;
    private long used;

    Arena(Kernels kernels) {
        this.kernels = kernels;
    }

    /** What a matrix of so many numbers takes at most. */
    static long room(long numbers) {
        return (numbers + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /**
     * Numbers that are held for a pass, some of them lost at the ends of slabs.
     *
     * @param total of all its matrices, each with its {@link #room}
     * @param largest of one of them
     */
    static long held(long total, long largest) {
        return total + (slabs(total, largest) - 1) * largest;
    }

    private static long slabs(long total, long largest) {
        if (total <= Matrix.MOST_NUMBERS) {
            return 1;
        }
        long usable = Math.max(1, Matrix.MOST_NUMBERS - largest);
        return (total + usable - 1) / usable;
    }

    /** Gives up what the last pass laid here, and makes room for the next; see {@link #held}. */
    void begin(long total, long largest) {
        pass++;
        current = 0;
        used = 0;
        long left = held(total, largest);
        for (int i = 0; left > 0; i++) {
            int size = (int) Math.min(left, Matrix.MOST_NUMBERS);
            slab(i).exactly(size);
            left -= size;
        }
    }

    private Buffer slab(int index) {
        while (slabs.size() <= index) {
            slabs.add(new Buffer(kernels, "activations"));
        }
        return slabs.get(index);
    }

    /** A place for one matrix of every pass: the first that is asked for in a pass is laid behind those before it. */
    Place place(String name) {
        return new Place() {
            private long laid;
            private @Nullable Matrix here;

            @Override
            public Matrix of(int rows, int columns) {
                Matrix known = here;
                if (known == null || laid != pass) {
                    known = take(name, rows, columns);
                    here = known;
                    laid = pass;
                }
                return known.reshaped(rows, columns);
            }
        };
    }

    /** A place for rows of one width. */
    Rows rows(String name, int columns) {
        return new Rows(place(name), columns);
    }

    private Matrix take(String name, int rows, int columns) {
        long numbers = room(Buffer.requireOneMatrix(name, rows, columns));
        if (used + numbers > slab(current).numbers()) {
            current++;
            used = 0;
            slab(current).exactly((int) Math.min(numbers, Matrix.MOST_NUMBERS));
        }
        Matrix taken = slab(current).part((int) used, rows * columns);
        used += numbers;
        return taken;
    }

    long bytes() {
        return slabs.stream().mapToLong(Buffer::bytes).sum();
    }

    @Override
    public void close() {
        slabs.forEach(Buffer::close);
    }
}
