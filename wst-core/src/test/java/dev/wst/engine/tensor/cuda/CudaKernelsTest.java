package dev.wst.engine.tensor.cuda;

import dev.wst.Precision;
import dev.wst.engine.tensor.KernelsContract;

/** The kernels for cards keep the contract of all others; their own source, run by the processor. */
class CudaKernelsTest extends KernelsContract {
    CudaKernelsTest() {
        super(() -> new CardOnCpu().kernels(Precision.FP32));
    }
}
