package dev.wst.engine.tensor.cuda;

import dev.wst.Precision;
import dev.wst.engine.tensor.KernelsContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The kernels for cards keep the contract of all others; their own source, run by the processor. */
class CudaKernelsTest {
    @Nested
    class InFp32 extends KernelsContract {
        InFp32() {
            super(() -> new CardOnCpu().kernels(Precision.FP32));
        }
    }

    /** Products of ten numbers up to one, each of which may be off by one in 512. */
    @Nested
    class InBf16 extends KernelsContract {
        InBf16() {
            super(() -> new CardOnCpu().kernels(Precision.BF16), 10 * 2 / 512.0);
        }
    }

    /** The same, off by one in 4,096. */
    @Nested
    class InTf32 extends KernelsContract {
        InTf32() {
            super(() -> new CardOnCpu().kernels(Precision.TF32), 10 * 2 / 4096.0);
        }
    }

    /** Threads have no order. */
    @Nested
    class Backwards extends KernelsContract {
        Backwards() {
            super(() -> new CardOnCpu().kernels(Precision.FP32));
        }

        @BeforeAll
        void turn() {
            new CardOnCpu().backwards(true);
        }

        @AfterAll
        void turnBack() {
            new CardOnCpu().backwards(false);
        }
    }
}
