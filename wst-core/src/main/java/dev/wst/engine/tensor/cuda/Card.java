package dev.wst.engine.tensor.cuda;

import com.google.common.primitives.Ints;
import com.sun.jna.Pointer;
import dev.wst.Precision;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.DeviceMemoryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

    /** Of what was taken, the last first. */
    private final Deque<Runnable> releases = new ArrayDeque<>();

    private final String description;
    private final long totalBytes;
    private final int capability;
    private final long context;
    private final long module;
    private final Map<String, Long> functions = new HashMap<>();
    private final long stream;
    private final long stagingAddress;
    private final ByteBuffer staging;
    private final BlockPool pool = new BlockPool(this::fromDriver, this::toDriver);
    private final Cublas products;

    private Card(int device, List<Path> directories, KernelCache cache) {
        totalBytes = CudaDriver.totalBytes(device);
        capability = 10 * CudaDriver.attribute(CudaDriver.COMPUTE_CAPABILITY_MAJOR, device)
                + CudaDriver.attribute(CudaDriver.COMPUTE_CAPABILITY_MINOR, device);
        String name = CudaDriver.deviceName(device);
        if (capability < OLDEST_CAPABILITY) {
            throw new BackendException(name + " has compute capability " + dotted(capability) + "; the kernels need "
                    + dotted(OLDEST_CAPABILITY) + " (ND4J's CUDA backend serves cards down to 3.5)");
        }
        int driver = CudaDriver.version();
        CudaLibraries libraries = CudaLibraries.find(
                driver / 1000, directories, new ClassPathLibraries(cache.directory(), Card.class.getClassLoader()));
        Nvrtc.load(libraries.compiler());
        Cublas.load(libraries.productsLight(), libraries.products());
        context = handle(out -> CudaDriver.cuDevicePrimaryCtxRetain(out, device), "starting on " + name);
        releases.push(() -> CudaDriver.cuDevicePrimaryCtxRelease_v2(device));
        try {
            enter();
            module = module(cache, libraries);
            releases.push(() -> CudaDriver.cuModuleUnload(module));
            stream = handle(out -> CudaDriver.cuStreamCreate(out, 0), "making a stream");
            releases.push(() -> CudaDriver.cuStreamDestroy_v2(stream));
            stagingAddress = handle(out -> CudaDriver.cuMemHostAlloc(out, STAGING, 0), "taking memory of the host");
            releases.push(() -> CudaDriver.cuMemFreeHost(stagingAddress));
            staging = new Pointer(stagingAddress).getByteBuffer(0, STAGING).order(ByteOrder.nativeOrder());
            releases.push(pool::close);
            products = new Cublas(stream, pool.take(WORKSPACE), WORKSPACE);
            releases.push(products::close);
            description = String.format(
                    "%s (%.0f GB, compute capability %s, driver for CUDA %s, libraries %s from %s)",
                    name,
                    totalBytes / 1e9,
                    dotted(capability),
                    version(driver),
                    Nvrtc.version(),
                    libraries.directory());
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private long module(KernelCache cache, CudaLibraries libraries) {
        String source = KernelSource.text();
        byte[] code = cache.get(source, capability, Nvrtc.version(), () -> Nvrtc.compile(source, capability));
        long[] loaded = new long[1];
        int status = CudaDriver.cuModuleLoadData(loaded, code);
        if (status == CudaDriver.NO_BINARY_FOR_GPU) {
            throw new BackendException("the driver, which serves CUDA " + version(CudaDriver.version())
                    + ", does not take what the compiler " + Nvrtc.version() + " in " + libraries.directory()
                    + " makes for compute capability " + dotted(capability)
                    + "; update the driver, or name older libraries with -D" + CudaLibraries.PROPERTY + "=DIR");
        }
        CudaDriver.check(status, "loading the kernels");
        return loaded[0];
    }

    /**
     * The card that the system property {@code wst.device} names, or the first.
     *
     * @throws BackendException if there is no driver, no such card, or none of the libraries; the message says what to do
     * @throws DeviceMemoryException if the card's memory is full
     */
    static Card open() {
        try {
            return open(CudaLibraries.directories(), KernelCache.ofUser(), System.getProperty(PROPERTY, "0"));
        } catch (LinkageError e) {
            throw new BackendException(
                    "what the driver is called through (net.java.dev.jna:jna) does not load: " + e, e);
        }
    }

    static Card open(List<Path> directories, KernelCache cache, String number) {
        loadDriver(directories);
        int status = CudaDriver.cuInit(0);
        int[] count = new int[1];
        if (status == 0) {
            CudaDriver.check(CudaDriver.cuDeviceGetCount(count), "counting the cards");
        }
        if (status == CudaDriver.NO_DEVICE || (status == 0 && count[0] == 0)) {
            throw new BackendException(
                    "the NVIDIA driver finds no card on this machine (nvidia-smi lists them; the"
                            + " environment variable CUDA_VISIBLE_DEVICES may hide them); compute on the CPU, or let it see one");
        }
        CudaDriver.check(status, "starting the driver");
        int[] device = new int[1];
        CudaDriver.check(CudaDriver.cuDeviceGet(device, chosen(number, count[0])), "choosing a card");
        return new Card(device[0], directories, cache);
    }

    /** Whether the system property {@code wst.device} names a card, or what is taken for the name of one. */
    static boolean isNamed() {
        return System.getProperty(PROPERTY) != null && !isForbidden();
    }

    private static boolean isForbidden() {
        return System.getProperty(PROPERTY, "0").strip().equals(NONE);
    }

    /** Whether there is a driver with a card, and none of the properties forbids it. */
    static boolean isPresent() {
        if (isForbidden()) {
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
        throw new BackendException("there is no card \"" + number + "\" (system property " + PROPERTY
                + "); this machine has " + names + ": give its number, or leave the property out for the first");
    }

    private static String version(int driver) {
        return driver / 1000 + "." + driver % 1000 / 10;
    }

    private static String dotted(int capability) {
        return capability / 10 + "." + capability % 10;
    }

    /** The precision asked for, or the fastest that the card has units for. */
    Precision precision(Optional<Precision> asked) {
        if (asked.equals(Optional.of(Precision.INT8))) {
            throw new BackendException(
                    "cards compute in FP32, TF32 or BF16 here, got INT8; leave the precision out, or use"
                            + " the kernels onednn");
        }
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

    /** Makes the card current for this thread, whatever other card it turned to before; takes a small part of a launch's time. */
    private void enter() {
        int status = CudaDriver.cuCtxSetCurrent(context);
        if (status != 0) {
            CudaDriver.check(status, "turning to the card");
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

    /** An error is one of what was launched before, and comes again with what is launched next. */
    private void toDriver(long address) {
        CudaDriver.cuCtxSetCurrent(context);
        int status = CudaDriver.cuMemFree_v2(address);
        if (status != 0) {
            LOG.debug("memory is not given back: {}", CudaDriver.name(status));
        }
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
    public long totalBytes() {
        return totalBytes;
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
        try {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                CudaDriver.cuStreamEndCapture(stream, graph);
                throw e;
            }
            CudaDriver.check(CudaDriver.cuStreamEndCapture(stream, graph), "recording");
            return handle(
                    out -> CudaDriver.cuGraphInstantiateWithFlags(out, graph[0], 0), "preparing what was recorded");
        } finally {
            if (graph[0] != 0) {
                CudaDriver.cuGraphDestroy(graph[0]);
            }
        }
    }

    @Override
    public void replay(long recording) {
        enter();
        CudaDriver.check(CudaDriver.cuGraphLaunch(recording, stream), "repeating what was recorded");
    }

    @Override
    public void forget(long recording) {
        CudaDriver.cuCtxSetCurrent(context);
        int status = CudaDriver.cuGraphExecDestroy(recording);
        if (status != 0) {
            LOG.debug("what was recorded is not forgotten: {}", CudaDriver.name(status));
        }
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
        while (!releases.isEmpty()) {
            releases.pop().run();
        }
    }
}
