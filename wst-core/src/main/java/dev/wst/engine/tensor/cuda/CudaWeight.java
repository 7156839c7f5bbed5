package dev.wst.engine.tensor.cuda;

import dev.wst.Precision;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;

/** A weight as the products take it: a BF16 copy, or the FP32 matrix itself. */
final class CudaWeight implements Weight {
    private final CudaProducts products;
    private final Matrix plain;
    private final Precision precision;
    /** Of the copy; 0 where there is none. */
    private final long copy;

    CudaWeight(CudaProducts products, Matrix plain, Precision precision) {
        this.products = products;
        this.plain = plain;
        this.precision = precision;
        this.copy = precision == Precision.BF16 ? products.roundedMemory(plain) : 0;
        refresh();
    }

    static CudaWeight of(Weight weight) {
        if (weight instanceof CudaWeight own) {
            return own;
        }
        throw new IllegalArgumentException("this weight was prepared by other kernels");
    }

    Precision precision() {
        return precision;
    }

    long address() {
        return copy == 0 ? CudaMemory.address(plain) : copy;
    }

    /** Numbers from one row to the next. */
    long stride() {
        return copy == 0 ? plain.rowStride() : plain.columns();
    }

    @Override
    public int outputs() {
        return plain.rows();
    }

    @Override
    public int inputs() {
        return plain.columns();
    }

    @Override
    public void refresh() {
        if (copy != 0) {
            products.round(plain, copy);
        }
    }

    @Override
    public boolean standsAlone() {
        return copy != 0;
    }

    @Override
    public long forwardBytes() {
        return copy == 0 ? 0 : (long) plain.rows() * plain.columns() * Short.BYTES;
    }

    @Override
    public void close() {
        if (copy != 0) {
            products.free(copy);
        }
    }
}
