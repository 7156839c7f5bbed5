package dev.wst.engine.tensor.cuda;

import dev.wst.engine.tensor.Index;

/** An index that lies on a card. */
interface CudaRows extends Index {
    /** Of the first number. */
    long address();

    static long address(Index index) {
        if (index instanceof CudaRows rows) {
            return rows.address();
        }
        throw new IllegalArgumentException("this index was prepared by other kernels");
    }
}
