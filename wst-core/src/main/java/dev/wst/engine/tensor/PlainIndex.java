package dev.wst.engine.tensor;

/**
 * An index used as it is.
 *
 * @param rows [M]
 */
public record PlainIndex(int[] rows) implements Index {
    /** The numbers of an index that {@link Kernels#index} made so. */
    public static int[] rows(Index index) {
        if (index instanceof PlainIndex plain) {
            return plain.rows;
        }
        throw new IllegalArgumentException("this index was prepared by other kernels");
    }

    @Override
    public int length() {
        return rows.length;
    }

    @Override
    public void close() {}
}
