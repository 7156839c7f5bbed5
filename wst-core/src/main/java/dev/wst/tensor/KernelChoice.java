package dev.wst.tensor;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the kernels: {@code onednn} where oneDNN loads, {@code host} elsewhere on a CPU. The system property {@code
 * wst.kernels} names one and forbids the fall-back.
 */
public final class KernelChoice {
    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
    private static final String PROPERTY = "wst.kernels";

    private KernelChoice() {}

    /** The fastest kernels that load here, or those that the system property {@code wst.kernels} names. */
    public static Kernels best() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return named(named);
        }
        Kernels kernels = fastest();
        LOG.info("kernels: {}", kernels.description());
        return kernels;
    }

    private static Kernels fastest() {
        if (!Backend.isCpu()) {
            return new PortableKernels("the ND4J backend is not a CPU");
        }
        try {
            return oneDnn();
        } catch (BackendException e) {
            LOG.warn("oneDNN does not run here, training will be several times slower: {}", e.getMessage());
            return new HostKernels(pool());
        }
    }

    /**
     * Particular kernels.
     *
     * @param name onednn, host or portable
     * @throws BackendException if they do not load here
     * @throws IllegalArgumentException if there are none of that name
     */
    public static Kernels named(String name) {
        return switch (name) {
            case "onednn" -> oneDnn();
            case "host" -> onCpu(new HostKernels(pool()));
            case "portable" -> new PortableKernels("asked for");
            default ->
                throw new IllegalArgumentException("kernels are onednn, host or portable, got \"" + name
                        + "\" (system property " + PROPERTY + ")");
        };
    }

    private static Kernels oneDnn() {
        try {
            OpenMp.waitBriefly();
            OneDnn.load(OneDnnLibrary.unpack(Path.of(System.getProperty("java.io.tmpdir"))));
            return onCpu(new OneDnnKernels(pool()));
        } catch (LinkageError e) {
            throw new BackendException("what oneDNN is called through (net.java.dev.jna:jna) does not load: " + e, e);
        }
    }

    private static Kernels onCpu(Kernels kernels) {
        if (!Backend.isCpu()) {
            kernels.close();
            throw new BackendException("these kernels need an ND4J backend on the CPU; use portable with CUDA");
        }
        return kernels;
    }

    private static RowPool pool() {
        return new RowPool(Runtime.getRuntime().availableProcessors());
    }
}
