package dev.wst.engine.tensor;

/** A weight used as it is. */
public record PlainWeight(Matrix matrix) implements Weight {
    public static PlainWeight of(Weight weight) {
        if (weight instanceof PlainWeight plain) {
            return plain;
        }
        throw new IllegalArgumentException("this weight was prepared by other kernels");
    }

    @Override
    public int outputs() {
        return matrix.rows();
    }

    @Override
    public int inputs() {
        return matrix.columns();
    }

    @Override
    public void refresh() {}

    @Override
    public void close() {}
}
