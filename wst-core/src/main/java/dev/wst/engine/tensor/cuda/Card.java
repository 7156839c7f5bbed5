package dev.wst.engine.tensor.cuda;

import com.google.common.primitives.Ints;
import com.sun.jna.Pointer;
import dev.wst.Precision;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.DeviceMemoryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An NVIDIA card of compute capability 7.0 or above, through its driver. */
final class Card implements Device {
    private static final Logger LOG = LoggerFactory.getLogger(Card.class);

    /** The number of the card, where there are several; or that none is to be used. */
    static final String PROPERTY = "wst.device";

    private static final String NONE = "none";
    private static final String DRIVER = "libcuda.so.1";

    private static final int OLDEST_CAPABILITY = 70;
    private static final int TENSOR_CORES_FOR_BF16 = 80;
    private static final long STAGING = 8L << 20;
    private static final long WORKSPACE = 32L << 20;

    private final int device;
    private final String description;
    private final int capability;
    private final long context;
    private final ThreadLocal<Boolean> entered = ThreadLocal.withInitial(() -> false);
    private final long module;
    private final Map<String, Long> functions = new HashMap<>();
    private final long stream;
    private final long stagingAddress;
    private final ByteBuffer staging;
    private final BlockPool pool = new BlockPool(this::fromDriver, this::toDriver);
    private final long workspace;
    private final Cublas products;

    private Card(int device, List<Path> directories, KernelCache cache) {
        this.device = device;
        capability = 10 * CudaDriver.attribute(CudaDriver.COMPUTE_CAPABILITY_MAJOR, device)
                + CudaDriver.attribute(CudaDriver.COMPUTE_CAPABILITY_MINOR, device);
        String name = CudaDriver.deviceName(device);
        if (capability < OLDEST_CAPABILITY) {
            throw new BackendException(name + " has compute capability " + dotted(capability) + "; the kernels need "
                    + dotted(OLDEST_CAPABILITY) + " (ND4J's CUDA backend serves cards down to 3.5)");
        }
        int driver = CudaDriver.version();
        CudaLibraries libraries =
                CudaLibraries.find(driver / 1000, directories, new ClassPathLibraries(cache.directory()));
        Nvrtc.load(libraries.compiler());
        Cublas.load(libraries.productsLight(), libraries.products());
        context = handle(out -> CudaDriver.cuDevicePrimaryCtxRetain(out, device), "starting on " + name);
        enter();
        String source = KernelSource.text();
        byte[] code = cache.get(source, capability, Nvrtc.version(), () -> Nvrtc.compile(source, capability));
        module = handle(out -> CudaDriver.cuModuleLoadData(out, code), "loading the kernels");
        stream = handle(out -> CudaDriver.cuStreamCreate(out, 0), "making a stream");
        stagingAddress = handle(out -> CudaDriver.cuMemHostAlloc(out, STAGING, 0), "taking memory of the host");
        staging = new Pointer(stagingAddress).getByteBuffer(0, STAGING).order(ByteOrder.nativeOrder());
        workspace = fromDriver(WORKSPACE);
        products = new Cublas(stream, workspace, WORKSPACE);
        long[] total = new long[1];
        CudaDriver.check(CudaDriver.cuDeviceTotalMem_v2(total, device), "asking for the card's memory");
        description = String.format(
                "%s (%.0f GB, compute capability %s, driver for CUDA %d.%d, libraries %s from %s)",
                name,
                total[0] / 1e9,
                dotted(capability),
                driver / 1000,
                driver % 1000 / 10,
                Nvrtc.version(),
                libraries.directory());
    }

    /**
     * The card that the system property {@code wst.device} names, or the first.
     *
     * @throws BackendException if there is no driver, no such card, or none of the libraries; the message says what to do
     */
    static Card open() {
        return open(CudaLibraries.directories(), KernelCache.ofUser(), System.getProperty(PROPERTY, "0"));
    }

    static Card open(List<Path> directories, KernelCache cache, String number) {
        String library = "libcuda.so.1";
        CudaDriver.load(
                CudaLibraries.file(library, directories).map(Path::toString).orElse(library));
        int status = CudaDriver.cuInit(0);
        if (status == CudaDriver.NO_DEVICE) {
            throw new BackendException("the NVIDIA driver finds no card on this machine");
        }
        CudaDriver.check(status, "starting the driver");
        int[] count = new int[1];
        CudaDriver.check(CudaDriver.cuDeviceGetCount(count), "counting the cards");
        int[] device = new int[1];
        CudaDriver.check(CudaDriver.cuDeviceGet(device, chosen(number, count[0])), "choosing a card");
        return new Card(device[0], directories, cache);
    }

    /** Whether there is a driver with a card, and none of the properties forbids it. */
    static boolean isPresent() {
        if (System.getProperty(PROPERTY, "0").strip().equals(NONE)) {
            return false;
        }
        try {
            loadDriver(CudaLibraries.directories());
            int[] count = new int[1];
            return CudaDriver.cuInit(0) == 0 && CudaDriver.cuDeviceGetCount(count) == 0 && count[0] > 0;
        } catch (BackendException | LinkageError e) {
            LOG.debug("no card: {}", e.getMessage());
            return false;
        }
    }

    private static void loadDriver(List<Path> directories) {
        CudaDriver.load(
                CudaLibraries.file(DRIVER, directories).map(Path::toString).orElse(DRIVER));
    }

    private static int chosen(String number, int count) {
        Integer chosen = Ints.tryParse(number.strip());
        if (chosen != null && chosen >= 0 && chosen < count) {
            return chosen;
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(i + " (" + CudaDriver.deviceName(i) + ")");
        }
        throw new BackendException(
                "there is no card \"" + number + "\" (system property " + PROPERTY + "); this machine has " + names);
    }

    private static String dotted(int capability) {
        return capability / 10 + "." + capability % 10;
    }

    /** The precision asked for, or the fastest that the card has units for. */
    Precision precision(Optional<Precision> asked) {
        if (capability >= TENSOR_CORES_FOR_BF16) {
            return asked.orElse(Precision.BF16);
        }
        if (asked.orElse(Precision.FP32) != Precision.FP32) {
            throw new BackendException("cards of compute capability " + dotted(capability)
                    + " compute in FP32 here, got " + asked.orElseThrow()
                    + " (from 8.0 on: BF16 and TF32); leave the precision out, or ask for FP32");
        }
        return Precision.FP32;
    }

    private interface Creating {
        int into(long[] out);
    }

    private static long handle(Creating creating, String what) {
        long[] out = new long[1];
        CudaDriver.check(creating.into(out), what);
        return out[0];
    }

    /** Makes the card current for this thread, which the driver wants once. */
    private void enter() {
        if (!entered.get()) {
            CudaDriver.check(CudaDriver.cuCtxSetCurrent(context), "turning to the card");
            entered.set(true);
        }
    }

    @Override
    public String description() {
        return description;
    }

    private long fromDriver(long bytes) {
        enter();
        long[] address = new long[1];
        int status = CudaDriver.cuMemAlloc_v2(address, bytes);
        if (status == CudaDriver.OUT_OF_MEMORY) {
            pool.trim();
            status = CudaDriver.cuMemAlloc_v2(address, bytes);
        }
        if (status == CudaDriver.OUT_OF_MEMORY) {
            throw new DeviceMemoryException(bytes, freeBytes());
        }
        CudaDriver.check(status, "taking " + bytes + " bytes");
        return address[0];
    }

    private void toDriver(long address) {
        enter();
        CudaDriver.check(CudaDriver.cuMemFree_v2(address), "giving memory back");
    }

    @Override
    public long allocate(long bytes) {
        return pool.take(bytes);
    }

    @Override
    public void free(long address) {
        pool.giveBack(address);
    }

    @Override
    public long freeBytes() {
        enter();
        long[] free = new long[1];
        CudaDriver.check(CudaDriver.cuMemGetInfo_v2(free, new long[1]), "asking for free memory");
        return free[0];
    }

    @Override
    public void clear(long address, long bytes) {
        enter();
        CudaDriver.check(CudaDriver.cuMemsetD8Async(address, (byte) 0, bytes, stream), "clearing memory");
    }

    @Override
    public ByteBuffer staging() {
        return staging;
    }

    @Override
    public void upload(long address, long bytes) {
        enter();
        CudaDriver.check(
                CudaDriver.cuMemcpyHtoDAsync_v2(address, stagingAddress, bytes, stream), "copying to the card");
        synchronize();
    }

    @Override
    public void download(long address, long bytes) {
        enter();
        CudaDriver.check(
                CudaDriver.cuMemcpyDtoHAsync_v2(stagingAddress, address, bytes, stream), "copying from the card");
        synchronize();
    }

    @Override
    public void launch(String kernel, long blocks, int threads, int sharedBytes, Arguments arguments) {
        enter();
        int status = CudaDriver.cuLaunchKernel(
                function(kernel),
                Math.toIntExact(blocks),
                1,
                1,
                threads,
                1,
                1,
                sharedBytes,
                stream,
                arguments.pointers(),
                0);
        if (status != 0) {
            CudaDriver.check(status, "launching " + kernel + " with " + blocks + " blocks of " + threads);
        }
    }

    private long function(String kernel) {
        return functions.computeIfAbsent(
                kernel, name -> handle(out -> CudaDriver.cuModuleGetFunction(out, module, name), "finding " + name));
    }

    @Override
    public void multiply(Product product) {
        enter();
        products.multiply(product);
    }

    @Override
    public long record(Runnable work) {
        enter();
        CudaDriver.check(CudaDriver.cuStreamBeginCapture_v2(stream, CudaDriver.CAPTURE_RELAXED), "beginning to record");
        long[] graph = new long[1];
        int status;
        try {
            work.run();
        } finally {
            status = CudaDriver.cuStreamEndCapture(stream, graph);
        }
        CudaDriver.check(status, "recording");
        try {
            return handle(
                    out -> CudaDriver.cuGraphInstantiateWithFlags(out, graph[0], 0), "preparing what was recorded");
        } finally {
            CudaDriver.cuGraphDestroy(graph[0]);
        }
    }

    @Override
    public void replay(long recording) {
        enter();
        CudaDriver.check(CudaDriver.cuGraphLaunch(recording, stream), "repeating what was recorded");
    }

    @Override
    public void forget(long recording) {
        enter();
        CudaDriver.check(CudaDriver.cuGraphExecDestroy(recording), "forgetting what was recorded");
    }

    @Override
    public void synchronize() {
        enter();
        CudaDriver.check(CudaDriver.cuStreamSynchronize(stream), "the work of the card");
    }

    /** Closing goes on after an error: what failed before is what the user has to know. */
    @Override
    public void close() {
        CudaDriver.cuCtxSetCurrent(context);
        CudaDriver.cuStreamSynchronize(stream);
        products.close();
        CudaDriver.cuMemFree_v2(workspace);
        pool.trim();
        CudaDriver.cuMemFreeHost(stagingAddress);
        CudaDriver.cuStreamDestroy_v2(stream);
        CudaDriver.cuModuleUnload(module);
        CudaDriver.cuDevicePrimaryCtxRelease_v2(device);
    }
}
