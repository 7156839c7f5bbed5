package dev.wst.engine.model;

import dev.wst.Precision;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.cuda.CudaKernels;
import dev.wst.engine.tensor.host.HostKernels;
import dev.wst.engine.tensor.host.RowPool;
import dev.wst.engine.tensor.nd4j.Backend;
import dev.wst.engine.tensor.onednn.OneDnnKernels;
import dev.wst.engine.tensor.portable.PortableKernels;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the kernels: {@code cuda} where there is a card, else {@code onednn} where oneDNN loads, else {@code host}. The system
 * property {@code wst.kernels} names one and forbids the fall-back, as does {@code wst.device}, which is the number of a card; {@code
 * none} forbids cards.
 */
public final class KernelChoice {
    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
    private static final String PROPERTY = "wst.kernels";

    private KernelChoice() {}

    /**
     * The fastest kernels that load here, or those that the system property {@code wst.kernels} names.
     *
     * @param precision of weights; the faster one here if not given
     * @throws BackendException if the kernels have no such precision, or the card that the system property {@code wst.device} names
     *     cannot be used
     */
    public static Kernels best(Optional<Precision> precision) {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return named(named, precision);
        }
        Kernels kernels = fastest(precision);
        LOG.info("kernels: {}", kernels.description());
        return kernels;
    }

    private static Kernels fastest(Optional<Precision> precision) {
        if (CudaKernels.isCardNamed()) {
            return CudaKernels.load(precision);
        }
        if (CudaKernels.hasCard()) {
            try {
                return CudaKernels.load(precision);
            } catch (BackendException e) {
                LOG.warn("the card is not used, training will be many times slower: {}", e.getMessage());
            }
        }
        if (Backend.isForDevice()) {
            requireExact("portable", precision);
            return PortableKernels.load("ND4J's backend computes on a device");
        }
        try {
            return OneDnnKernels.load(pool(), precision);
        } catch (BackendException e) {
            if (!isExact(precision)) {
                throw e;
            }
            LOG.warn("oneDNN does not run here, training will be several times slower: {}", e.getMessage());
            return host();
        }
    }

    /**
     * Particular kernels in FP32.
     *
     * @param name cuda, onednn, host or portable
     * @throws BackendException if they do not load here
     * @throws IllegalArgumentException if there are none of that name
     */
    public static Kernels named(String name) {
        return named(name, Optional.of(Precision.FP32));
    }

    /**
     * Particular kernels.
     *
     * @param name cuda, onednn, host or portable
     * @param precision of weights; the faster one here if not given
     * @throws BackendException if they do not load here, or have no such precision
     * @throws IllegalArgumentException if there are none of that name
     */
    public static Kernels named(String name, Optional<Precision> precision) {
        return switch (name) {
            case "cuda" -> CudaKernels.load(precision);
            case "onednn" -> OneDnnKernels.load(pool(), precision);
            case "host" -> {
                requireExact(name, precision);
                yield host();
            }
            case "portable" -> {
                requireExact(name, precision);
                yield PortableKernels.load("asked for");
            }
            default ->
                throw new IllegalArgumentException("kernels are cuda, onednn, host or portable, got \"" + name
                        + "\" (system property " + PROPERTY + ")");
        };
    }

    private static void requireExact(String kernels, Optional<Precision> precision) {
        if (!isExact(precision)) {
            throw new BackendException("the kernels \"" + kernels + "\" compute in FP32 only, got "
                    + precision.orElseThrow() + "; leave the precision out, or use "
                    + othersWith(precision.orElseThrow()));
        }
    }

    /** The kernels that may have a precision. */
    private static String othersWith(Precision precision) {
        return switch (precision) {
            case FP32, BF16 -> "onednn or cuda";
            case TF32 -> "cuda";
            case INT8 -> "onednn";
        };
    }

    /** Whether FP32 will do. */
    private static boolean isExact(Optional<Precision> precision) {
        return precision.orElse(Precision.FP32) == Precision.FP32;
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
