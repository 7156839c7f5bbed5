package dev.wst.engine.tensor.cuda;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.DeviceMemoryException;
import java.nio.charset.StandardCharsets;

/**
 * The driver's C interface, as much of it as the kernels use, bound directly: handles and addresses are numbers. Names and
 * constants are those of {@code cuda.h}.
 */
final class CudaDriver {
    static final int OUT_OF_MEMORY = 2;
    static final int NO_DEVICE = 100;
    static final int NO_BINARY_FOR_GPU = 209;
    /** From here on, up to and without the next, statuses of work that failed on the card. */
    private static final int FAILED_ON_CARD = 700;

    private static final int NOT_PERMITTED = 800;
    private static final int DRIVERS_DIFFER = 803;

    static final int MULTIPROCESSORS = 16;
    static final int COMPUTE_CAPABILITY_MAJOR = 75;
    static final int COMPUTE_CAPABILITY_MINOR = 76;

    /** A recording to which calls that cannot be part of it do not matter. */
    static final int CAPTURE_RELAXED = 2;

    private static final int NAME_LENGTH = 256;

    private CudaDriver() {}

    static native int cuInit(int flags);

    static native int cuDriverGetVersion(int[] version);

    static native int cuGetErrorName(int status, long[] name);

    static native int cuDeviceGetCount(int[] count);

    static native int cuDeviceGet(int[] device, int ordinal);

    static native int cuDeviceGetName(byte[] name, int length, int device);

    static native int cuDeviceGetAttribute(int[] value, int attribute, int device);

    static native int cuDeviceTotalMem_v2(long[] bytes, int device);

    static native int cuDevicePrimaryCtxRetain(long[] context, int device);

    static native int cuDevicePrimaryCtxRelease_v2(int device);

    static native int cuCtxSetCurrent(long context);

    static native int cuMemGetInfo_v2(long[] free, long[] total);

    static native int cuMemAlloc_v2(long[] address, long bytes);

    static native int cuMemFree_v2(long address);

    static native int cuMemHostAlloc(long[] address, long bytes, int flags);

    static native int cuMemFreeHost(long address);

    static native int cuMemsetD8Async(long address, byte value, long bytes, long stream);

    static native int cuMemcpyHtoDAsync_v2(long target, long source, long bytes, long stream);

    static native int cuMemcpyDtoHAsync_v2(long target, long source, long bytes, long stream);

    static native int cuModuleLoadData(long[] module, byte[] image);

    static native int cuModuleUnload(long module);

    static native int cuModuleGetFunction(long[] function, long module, String name);

    static native int cuStreamCreate(long[] stream, int flags);

    static native int cuStreamDestroy_v2(long stream);

    static native int cuStreamSynchronize(long stream);

    static native int cuLaunchKernel(
            long function,
            int blocksX,
            int blocksY,
            int blocksZ,
            int threadsX,
            int threadsY,
            int threadsZ,
            int sharedBytes,
            long stream,
            Pointer arguments,
            long extra);

    static native int cuStreamBeginCapture_v2(long stream, int mode);

    static native int cuStreamEndCapture(long stream, long[] graph);

    static native int cuGraphInstantiateWithFlags(long[] executable, long graph, long flags);

    static native int cuGraphLaunch(long executable, long stream);

    static native int cuGraphExecDestroy(long executable);

    static native int cuGraphDestroy(long graph);

    /** Binds the functions above; a second call does nothing. */
    static synchronized void load(String library) {
        try {
            Native.register(CudaDriver.class, NativeLibrary.getInstance(library));
        } catch (UnsatisfiedLinkError e) {
            throw new BackendException(
                    "there is no NVIDIA driver on this machine, or it is too old: " + library + " does not load ("
                            + e.getMessage() + "); install the driver, or compute on the CPU",
                    e);
        }
    }

    /** Turns a status into an exception. */
    static void check(int status, String what) {
        if (status == OUT_OF_MEMORY) {
            throw new DeviceMemoryException(what);
        }
        if (status != 0) {
            throw new BackendException("CUDA: " + what + " failed: " + name(status) + advice(status));
        }
    }

    private static String advice(int status) {
        if (status >= FAILED_ON_CARD && status < NOT_PERMITTED) {
            return "; the card may refuse all further work of this program: start it again, and report this message";
        }
        return status == DRIVERS_DIFFER
                ? "; the driver's library and its kernel module are of different versions: restart the machine"
                : "";
    }

    /** The driver's own name for a status. */
    static String name(int status) {
        long[] name = new long[1];
        return cuGetErrorName(status, name) == 0 && name[0] != 0
                ? new Pointer(name[0]).getString(0)
                : "error " + status;
    }

    static int version() {
        int[] version = new int[1];
        check(cuDriverGetVersion(version), "asking for the driver's version");
        return version[0];
    }

    static String deviceName(int device) {
        byte[] name = new byte[NAME_LENGTH];
        check(cuDeviceGetName(name, name.length, device), "asking for the card's name");
        return Native.toString(name, StandardCharsets.UTF_8.name());
    }

    static long totalBytes(int device) {
        long[] total = new long[1];
        check(cuDeviceTotalMem_v2(total, device), "asking for the card's memory");
        return total[0];
    }

    static int attribute(int attribute, int device) {
        int[] value = new int[1];
        check(cuDeviceGetAttribute(value, attribute, device), "asking for a property of the card");
        return value[0];
    }
}
