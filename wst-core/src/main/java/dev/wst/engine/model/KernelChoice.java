package dev.wst.engine.model;

import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.host.HostKernels;
import dev.wst.engine.tensor.host.RowPool;
import dev.wst.engine.tensor.nd4j.Backend;
import dev.wst.engine.tensor.onednn.OneDnnKernels;
import dev.wst.engine.tensor.portable.PortableKernels;
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
        if (Backend.isForDevice()) {
            return new PortableKernels("ND4J's backend computes on a device");
        }
        try {
            return OneDnnKernels.load(pool());
        } catch (BackendException e) {
            LOG.warn("oneDNN does not run here, training will be several times slower: {}", e.getMessage());
            return host();
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
            case "onednn" -> OneDnnKernels.load(pool());
            case "host" -> host();
            case "portable" -> new PortableKernels("asked for");
            default ->
                throw new IllegalArgumentException("kernels are onednn, host or portable, got \"" + name
                        + "\" (system property " + PROPERTY + ")");
        };
    }

    private static Kernels host() {
        if (!Backend.isCpu()) {
            throw new BackendException("these kernels need an ND4J backend on the CPU; use portable with CUDA");
        }
        return new HostKernels(pool());
    }

    private static RowPool pool() {
        return new RowPool(Runtime.getRuntime().availableProcessors());
    }
}
