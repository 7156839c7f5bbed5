package dev.wst.engine.tensor.onednn;

/**
 * Cuts a number of rows into parts of few different sizes: one, two or three times a power of four, the largest first. A primitive is
 * compiled for one shape, which takes as long as a hundred small products, and batches come in hundreds of sizes.
 */
final class Parts {
    /** Does something with rows {@code from .. from + count - 1}. */
    interface Part {
        void run(int from, int count);
    }

    /** From so many numbers on, an operation gains by several threads and loses by being cut. */
    private static final long SMALL = 1 << 16;

    private Parts() {}

    /** Rows of so many columns: small ones in parts and by the calling thread, others as they are. */
    static void forEach(int rows, int columns, Part part) {
        if ((long) rows * columns < SMALL) {
            OneDnn.alone(() -> forEach(rows, part));
        } else {
            part.run(0, rows);
        }
    }

    static void forEach(int rows, Part part) {
        for (int from = 0; from < rows; ) {
            int count = largest(rows - from);
            part.run(from, count);
            from += count;
        }
    }

    /** The largest size that is at most {@code rows}. */
    private static int largest(int rows) {
        int power = 1;
        while (power <= rows / 4) {
            power *= 4;
        }
        return rows / power * power;
    }
}
