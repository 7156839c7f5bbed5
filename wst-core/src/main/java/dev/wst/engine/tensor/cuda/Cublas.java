package dev.wst.engine.tensor.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.wst.Precision;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.DeviceMemoryException;
import java.nio.file.Path;

/** CUDA's library of matrix products, bound directly; names and constants are those of {@code cublas_api.h}. */
final class Cublas implements AutoCloseable {
    private static final int ALLOCATION_FAILED = 3;
    private static final int REAL_32 = 0;
    private static final int REAL_BF16 = 14;
    private static final int COMPUTE_32F = 68;
    private static final int COMPUTE_32F_FAST_TF32 = 77;
    private static final int DEFAULT_ALGORITHM = -1;
    private static final int AS_IT_LIES = 0;
    private static final int TURNED = 1;

    private final long handle;
    /** alpha and beta, which a call reads before it returns. */
    private final Memory factors = new Memory(2L * Float.BYTES);

    static native int cublasCreate_v2(long[] handle);

    static native int cublasDestroy_v2(long handle);

    static native int cublasSetStream_v2(long handle, long stream);

    static native int cublasSetWorkspace_v2(long handle, long address, long bytes);

    static native int cublasGemmEx(
            long handle,
            int turnA,
            int turnB,
            int m,
            int n,
            int k,
            Pointer alpha,
            long a,
            int typeA,
            int strideA,
            long b,
            int typeB,
            int strideB,
            Pointer beta,
            long c,
            int typeC,
            int strideC,
            int compute,
            int algorithm);

    /**
     * For one stream of a card.
     *
     * @param workspace address of memory that products may use, so that they never ask for their own
     */
    Cublas(long stream, long workspace, long bytes) {
        long[] created = new long[1];
        check(cublasCreate_v2(created), "starting");
        handle = created[0];
        try {
            check(cublasSetStream_v2(handle, stream), "taking a stream");
            check(cublasSetWorkspace_v2(handle, workspace, bytes), "taking memory");
        } catch (BackendException e) {
            close();
            throw e;
        }
    }

    /** Binds the functions above, after the library that this one calls; a second call does nothing. */
    static synchronized void load(Path light, Path library) {
        try {
            NativeLibrary.getInstance(light.toString());
            Native.register(Cublas.class, NativeLibrary.getInstance(library.toString()));
        } catch (UnsatisfiedLinkError e) {
            throw new BackendException("CUDA's matrix products do not load from " + library + ": " + e.getMessage(), e);
        }
    }

    /** The library reads matrices column by column, so it computes {@code c' = b' a'}. */
    void multiply(Product p) {
        int type = p.precision() == Precision.BF16 ? REAL_BF16 : REAL_32;
        factors.setFloat(0, p.alpha());
        factors.setFloat(Float.BYTES, p.beta());
        int status = cublasGemmEx(
                handle,
                p.bTurned() ? TURNED : AS_IT_LIES,
                p.aTurned() ? TURNED : AS_IT_LIES,
                Math.toIntExact(p.n()),
                Math.toIntExact(p.m()),
                Math.toIntExact(p.k()),
                factors,
                p.b(),
                type,
                Math.toIntExact(p.bStride()),
                p.a(),
                type,
                Math.toIntExact(p.aStride()),
                factors.share(Float.BYTES),
                p.c(),
                REAL_32,
                Math.toIntExact(p.cStride()),
                p.precision() == Precision.TF32 ? COMPUTE_32F_FAST_TF32 : COMPUTE_32F,
                DEFAULT_ALGORITHM);
        if (status != 0) {
            check(status, "the product " + p);
        }
    }

    private static void check(int status, String what) {
        if (status == ALLOCATION_FAILED) {
            throw new DeviceMemoryException("CUDA's matrix products: " + what);
        }
        if (status != 0) {
            throw new BackendException("CUDA's matrix products: " + what + " failed with status " + status);
        }
    }

    @Override
    public void close() {
        cublasDestroy_v2(handle);
        factors.close();
    }
}
